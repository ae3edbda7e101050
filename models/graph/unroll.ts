/**
 * Unrolling turns a model and a shape (batch, steps) into an explicit graph: a plain array of nodes in
 * execution order, one per layer and, in recurrent layers, one more per time step. All buffers are allocated
 * here, once; every pass reuses them.
 */
import type { ParameterSpecs, Region, Tensor, Tensors } from '../../engine/index.js';
import { materialize } from '../layers/materialize.js';
import type { CarriedState } from '../layers/layer.js';
import { isIndices, type Signal } from '../layers/signal.js';
import type { UnrolledCell } from '../layers/unrolledCell.js';
import { requireModel } from './checks.js';
import { DISPOSE } from './dispose.js';
import { fixData } from './fixedData.js';
import type { AnyLoss, Graph, LabelsOf, UnrolledLayer, UnrollOptions } from './graph.js';
import { clearPadding, explained } from './invalidData.js';
import { ones, unrollLoss } from './lossNode.js';
import type { Model } from './model.js';
import { planPasses, type Passes } from './passes.js';
import { readUnrollOptions, type CompleteOptions } from './unrollOptions.js';

/**
 * Unrolls a model over `steps` time steps for `batch` examples. Its buffers take up memory until `dispose` is called.
 * @throws RangeError when the options are invalid, or the layers do not fit together; InputError when the memory is full
 */
export function unroll<L extends AnyLoss = null>(model: Model, asked: UnrollOptions<L>): Graph<LabelsOf<L>> {
  requireModel('unroll', model);
  requireKept(model.isDisposed, 'model');
  const options = readUnrollOptions(model, asked);
  const memory = model.kernels.region('graph');
  try {
    return memory.run(() => build(model, options, memory)) as Graph<LabelsOf<L>>;
  } catch (error) {
    memory.release();
    throw error;
  }
}

/** @param memory what its buffers belong to, and the plans of its passes, which are made when first needed */
function build(model: Model, options: CompleteOptions, memory: Region): Graph {
  const { batch, steps, training } = options;
  const { kernels: k, parameters } = model;
  const given = createInput(model, options);
  const { layers, states, cells } = unrollLayers(model, options, given);

  const last = layers.at(-1)?.output ?? given;
  const written = materialize(k, 'output.rows', batch, last);
  const output = written.output.value as Tensor;
  const { nodes: own, limits, ...ofLoss } = unrollLoss(model, options, written.output, last.mask);
  const lossNodes = [...written.nodes, ...own];
  const nodes = [...layers.flatMap((layer) => layer.nodes), ...lossNodes];

  const plannedPasses = planPasses(k, nodes, { batch, training, parameters: parameters.values });
  const allStates = Object.values(states).flatMap((layer) => Object.values(layer));
  let [passes, lastPass]: [Passes | null, Graph['lastPass']] = [null, null];
  let isDisposed = false;
  const requireUsable = () => {
    requireKept(isDisposed, 'graph');
    requireKept(model.isDisposed, 'model');
  };
  const dispose = () => {
    isDisposed = true;
    memory.release();
  };

  const graph: Graph = {
    ...{ model, batch, steps, nodes, layers, lossNodes, cells, states, output, ...ofLoss },
    input: given.value,
    inputGradient: given.gradient,
    mask: given.mask,
    get lastPass() {
      return lastPass;
    },
    forward() {
      requireUsable();
      try {
        if (given.mask) clearPadding(given.value, given.mask);
        passes = memory.run(plannedPasses);
        const loss = passes.forward();
        lastPass = 'forward';
        return loss;
      } catch (error) {
        throw explained(graph, error, limits);
      }
    },
    backward() {
      requireUsable();
      if (!training) throw new Error('backward: this graph was unrolled without `training` or a loss');
      if (!passes || !lastPass) throw new Error('backward: run forward first');
      passes.backward!();
      lastPass = 'backward';
    },
    carryStates: () => allStates.forEach((state) => state.carry()),
    resetStates: () => allStates.forEach((state) => k.fill(state.initial, 0)),
    dispose,
    [DISPOSE]: dispose,
  };
  return graph;
}

function requireKept(isDisposed: boolean, what: string): void {
  if (isDisposed) throw new Error(`this ${what} was given back with dispose(); make a new one`);
}

/** The input, written by the caller and read by the first layer. */
function createInput({ kernels: k, input }: Model, options: CompleteOptions): Signal {
  const { batch, steps } = options;
  const rows = steps * batch;
  const isSymbols = input.kind === 'oneHot';
  return {
    value: fixData('input', isSymbols ? k.indices(rows * input.columns) : k.zeros(rows, input.width)),
    gradient: options.inputGradient ? k.zeros(rows, input.width) : null,
    steps,
    mask: options.mask ? fixData('mask', ones(k, rows)) : null,
    gathered: null,
    repeated: false,
  };
}

function unrollLayers(model: Model, options: CompleteOptions, given: Signal) {
  const { kernels: k, parameters, dropoutRandom } = model;
  const { batch, training, advance, initialStateGradient } = options;
  const states: Record<string, Readonly<Record<string, CarriedState>>> = {};
  const cells: Record<string, UnrolledCell> = {};
  const layers: UnrolledLayer[] = [];
  let input = given;
  for (const { name, layer } of model.layers) {
    const accepts = layer.accepts?.(training) ?? {};
    if (isIndices(input.value) && !accepts.symbols) {
      throw new RangeError(`${name} reads numbers, not symbols; put an embedding below`);
    }
    const read = materialize(k, `${name}.rows`, batch, input, accepts);
    const unrolled = layer.unroll({
      ...{ k, name, batch, training, dropoutRandom, initialStateGradient },
      input: read.output,
      parameters: parameters.value[name] as Tensors<ParameterSpecs>,
      gradients: parameters.gradient[name] as Tensors<ParameterSpecs>,
      accumulateInputGradient: false,
      advance: Math.min(advance, input.steps ?? 1),
    });
    const { output } = unrolled;
    Object.assign(states, unrolled.states);
    Object.assign(cells, unrolled.cells);
    layers.push({ name, layer, input, output, nodes: [...read.nodes, ...unrolled.nodes] });
    input = output;
  }
  return { layers, states, cells };
}
