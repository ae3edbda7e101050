/**
 * Unrolling turns a model and a shape (batch, steps) into an explicit graph: a plain array of nodes in execution
 * order, one per layer and time step, with every buffer allocated here, once. Training reuses them.
 */
import { type Indices, type Kernels, type Phase, type Tensor } from '../engine/index.js';
import type { CarriedState, GraphNode, Signal } from './layer.js';
import type { Model } from './model.js';
import { expand } from './expand.js';

/** The losses, by the names of their kernels. */
export type LossName = 'softmaxCrossEntropy' | 'binaryCrossEntropy' | 'meanSquaredError';

export interface UnrollOptions {
  /** B, examples side by side. */
  batch: number;
  /** T, time steps. */
  steps: number;
  /** What `forward` returns. Default null: no loss, as for generating text. */
  loss?: LossName | null;
  /** Whether `backward` will be called. Default: whether there is a loss. */
  training?: boolean;
  /** Whether to compute dLoss/dinput too (real-valued input only). Default false. */
  inputGradient?: boolean;
  /** Whether to compute dLoss/dinitial of the recurrent layers' states too. Default false. */
  initialStateGradient?: boolean;
  /**
   * Whether some steps are padding; `graph.mask` then says which. Padded steps of a sequence do not count in the
   * loss, unless `weights` says otherwise. Default false.
   */
  mask?: boolean;
  /** Whether rows of the loss have weights; `graph.weights` then holds them. Default false. */
  weights?: boolean;
  /**
   * How many steps `carryStates` moves on, 1 to T. Default T: the windows follow one another. With fewer the windows
   * overlap, which is truncated BPTT(k1, k2) with k1 = advance and k2 = steps. (Williams and Peng 1990.)
   */
  advance?: number;
}

export interface Graph {
  readonly model: Model;
  readonly batch: number;
  readonly steps: number;
  /** In execution order; `backward` walks them in reverse. */
  readonly nodes: readonly GraphNode[];
  /** Time-major rows t·B + b: [T·B, D], or symbols [T·B]; of K columns, [T·B·K]. Written by the caller. */
  readonly input: Tensor | Indices;
  /** dLoss/dinput, where `inputGradient` was asked for. */
  readonly inputGradient: Tensor | null;
  /** The last layer's output (logits), [rows, width]; T·B rows or, after a last-state layer, B. */
  readonly output: Tensor;
  /** Class numbers [rows] or real targets [rows, width], as the loss needs them. Written by the caller. */
  readonly labels: Indices | Tensor | null;
  /** 1 for a real step, 0 for padding, [T·B]; all 1 at first. */
  readonly mask: Tensor | null;
  /** Weight of each row of the loss, [rows]; all 1 at first. */
  readonly weights: Tensor | null;
  /** How much the batch counts beside others: the sum of the weights, or of the real steps, or the rows of the loss. */
  readonly weight: () => number;
  /** The recurrent layers' states: `states.lstm.h`. */
  readonly states: Readonly<Record<string, Readonly<Record<string, CarriedState>>>>;
  /** Runs the nodes in order and returns the loss (NaN when the graph has none). */
  forward(): number;
  /**
   * Runs the nodes in reverse after `forward`. Adds to the model's gradients; the caller zeroes them.
   * @throws Error when the graph was unrolled without training
   */
  backward(): void;
  /** The next window starts from the states this one ended in. No gradient crosses the border. */
  carryStates(): void;
  /** All initial states = 0. */
  resetStates(): void;
}

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
      return passes.forward();
    },
    backward() {
      const pass = (passes ?? passesNow()).backward;
      if (!pass) throw new Error('backward: this graph was unrolled without `training` or a loss');
      pass();
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
