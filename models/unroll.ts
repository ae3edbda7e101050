/**
 * Unrolling turns a model and a shape (batch, steps) into an explicit graph: a plain array of nodes in execution
 * order, one per layer and time step, with every buffer allocated here, once. Training reuses them.
 */
import type { Kernels, Tensor } from '../engine/index.js';
import type { Anatomy, Level } from './anatomy.js';
import { describe } from './describe.js';
import { expand } from './expand.js';
import type { Graph, UnrollOptions } from './graph.js';
import type { CarriedState, GraphNode, Signal, TraceOf } from './layer.js';
import { createLossNode } from './lossNode.js';
import type { Model } from './model.js';
import { planPasses, type Passes } from './passes.js';
import { dotText } from './picture/dot.js';
import { createPicture } from './picture/picture.js';
import { svgText } from './picture/svg.js';

/**
 * Unrolls a model over `steps` time steps for `batch` examples.
 * @throws RangeError when the options do not make sense, or the layers do not fit together
 */
export function unroll(model: Model, options: UnrollOptions): Graph {
  const { batch, steps, loss = null, training = loss !== null, advance = steps } = options;
  for (const [name, value] of Object.entries({ batch, steps, advance })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`unroll: ${name} must be 1 or more, not ${value}`);
  }
  if (advance > steps)
    throw new RangeError(`unroll: advance ${advance} is more than the ${steps} steps of a window`);
  const { kernels: k, parameters } = model;

  if (options.inputGradient && model.input.kind === 'oneHot')
    throw new RangeError('unroll: symbols have no gradient; inputGradient needs an input of features(n)');

  const input =
    model.input.kind === 'oneHot'
      ? k.indices(steps * batch * model.input.columns)
      : k.zeros(steps * batch, model.input.width);
  const inputGradient = options.inputGradient ? k.zeros(steps * batch, model.input.width) : null;
  const mask = options.mask ? ones(k, steps * batch) : null;

  const nodes: GraphNode[] = [];
  const states: Record<string, Readonly<Record<string, CarriedState>>> = {};
  const levels: Level[] = [];
  const traces: Record<string, TraceOf> = {};
  let signal: Signal = { value: input, gradient: inputGradient, steps, mask, lookup: null, repeated: false };
  for (const { name, layer } of model.layers) {
    const own = parameters.list.filter((parameter) => parameter.name.startsWith(`${name}.`));
    const pick = (field: 'value' | 'gradient') =>
      Object.fromEntries(own.map((parameter) => [parameter.name.slice(name.length + 1), parameter[field]]));
    const unrolled = layer.unroll({
      k,
      name,
      parameters: pick('value'),
      gradients: pick('gradient'),
      input: signal,
      addInputGradient: false,
      batch,
      training,
      noise: model.noise,
      initialStateGradient: options.initialStateGradient ?? false,
      advance: Math.min(advance, signal.steps ?? 1),
    });
    nodes.push(...unrolled.nodes);
    if (unrolled.states) states[name] = unrolled.states;
    Object.assign(traces, unrolled.traces);
    levels.push({ name, layer, input: signal, output: unrolled.output, nodes: unrolled.nodes });
    signal = unrolled.output;
  }

  const expanded = expand(k, 'expand', batch, signal);
  nodes.push(...expanded.nodes);
  signal = expanded.output;
  const output = signal.value as Tensor;
  const weights = options.weights ? ones(k, output.shape[0]!) : null;
  const lossWeights = weights ?? signal.mask;
  const lossNode = loss && createLossNode(k, loss, signal, lossWeights);
  if (lossNode) nodes.push(lossNode.node);
  const anatomy: Anatomy = {
    model,
    batch,
    steps,
    given: { input, mask, weights },
    inputGradient,
    levels,
    output: signal,
    after: [...expanded.nodes, ...(lossNode ? [lossNode.node] : [])],
  };
  const allStates = Object.values(states).flatMap((layer) => Object.values(layer));

  const passesNow = planPasses(k, nodes, {
    ...{ batch, training, loss: lossNode && lossNode.value },
    parameters: parameters.values,
  });
  let passes: Passes | null = null;
  let backwardIsDone = false;
  const traceAll = () =>
    Object.fromEntries(Object.entries(traces).map(([name, trace]) => [name, trace(backwardIsDone)]));
  const picture = () => createPicture(anatomy, backwardIsDone ? traceAll() : null);

  return {
    model,
    batch,
    steps,
    nodes,
    input,
    inputGradient,
    output,
    labels: lossNode && lossNode.labels,
    mask,
    weights,
    weight: () => (lossWeights ? sum(lossWeights) : output.shape[0]!),
    states,
    forward() {
      passes = passesNow();
      backwardIsDone = false;
      return passes.forward();
    },
    backward() {
      const pass = (passes ?? passesNow()).backward;
      if (!pass) throw new Error('backward: this graph was unrolled without `training` or a loss');
      pass();
      backwardIsDone = true;
    },
    describe: () => describe(anatomy),
    toDot: () => dotText(picture()),
    toSvg: () => svgText(picture()),
    trace() {
      if (!passes) throw new Error('trace: there is nothing to see before a forward pass');
      return traceAll();
    },
    carryStates: () => allStates.forEach((state) => state.carry()),
    resetStates: () => allStates.forEach((state) => k.fill(state.initial, 0)),
  };
}

function sum({ data, offset, size }: Tensor): number {
  let total = 0;
  for (let n = offset; n < offset + size; n++) total += data[n]!;
  return total;
}

function ones(k: Kernels, n: number): Tensor {
  const t = k.zeros(n);
  k.fill(t, 1);
  return t;
}
