/**
 * Unrolling turns a model and a shape (batch, steps) into an explicit graph: a plain array of nodes in execution
 * order, one per layer and time step, with every buffer allocated here, once. Training reuses them.
 */
import { type Indices, type Kernels, type Phase, type Tensor } from '../engine/index.js';
import type { Anatomy, Level } from './anatomy.js';
import { describe } from './describe.js';
import { expand } from './expand.js';
import type { Graph, LossName, UnrollOptions } from './graph.js';
import type { CarriedState, GraphNode, Signal, TraceOf } from './layer.js';
import type { Model } from './model.js';
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

  // What the examples share comes first, and last on the way back; between, each example goes its own way.
  const shared = nodes.filter((node) => node.shared);
  const own = nodes.filter((node) => !node.shared);
  const columns = (work: () => void): Phase => ({ cut: 'columns', work });
  const forwardPhases: Phase[] = [
    ...shared.map((node) => columns(() => node.forward())),
    {
      cut: batch,
      work() {
        for (const node of own) node.forward();
        return lossNode ? lossNode.value() : NaN;
      },
    },
  ];
  const backwardPhases: Phase[] = [
    {
      cut: batch,
      work() {
        for (let n = own.length - 1; n >= 0; n--) own[n]!.backward();
      },
    },
    columns(() => own.forEach((node) => node.accumulate?.())),
    ...[...shared]
      .reverse()
      .flatMap((node) => [columns(() => node.accumulate?.()), columns(() => node.backward())]),
  ];
  const passesNow = variants(nodes, () => ({
    forward: k.plan(forwardPhases, parameters.values),
    backward: training ? k.plan(backwardPhases, parameters.values) : null,
  }));
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

interface Passes {
  readonly forward: () => number;
  /** Null without training. */
  readonly backward: (() => number) | null;
}

/** The passes as the nodes want them now: planned when they first want them so. */
function variants(nodes: readonly GraphNode[], plan: () => Passes): () => Passes {
  const preparing = nodes.filter((node) => node.prepare);
  const now = preparing.map(() => NaN);
  const planned: { wanted: readonly number[]; passes: Passes }[] = [];
  return () => {
    for (let n = 0; n < now.length; n++) now[n] = preparing[n]!.prepare!();
    for (const { wanted, passes } of planned) {
      if (same(wanted, now)) return passes;
    }
    const passes = plan();
    planned.push({ wanted: [...now], passes });
    return passes;
  };
}

function same(a: readonly number[], b: readonly number[]): boolean {
  for (let n = 0; n < a.length; n++) if (a[n] !== b[n]) return false;
  return true;
}

/** The loss is computed together with its derivative, so its backward has nothing left to do. */
function createLossNode(k: Kernels, loss: LossName, { value, gradient }: Signal, weights: Tensor | null) {
  const x = value as Tensor;
  const labels = loss === 'softmaxCrossEntropy' ? k.indices(x.shape[0]!) : k.zeros(...x.shape);
  let result = NaN;
  const node: GraphNode = {
    name: loss,
    time: null,
    reads: { x, labels },
    writes: {},
    saved: gradient ? { dx: gradient } : {},
    work: { labels },
    parameters: [],
    forward() {
      result =
        loss === 'softmaxCrossEntropy'
          ? k[loss](gradient, x, labels as Indices, weights ?? undefined)
          : k[loss](gradient, x, labels as Tensor, weights ?? undefined);
    },
    backward() {},
  };
  return { node, labels, value: () => result };
}

function ones(k: Kernels, n: number): Tensor {
  const t = k.zeros(n);
  k.fill(t, 1);
  return t;
}
