/**
 * A cell unrolled over time: its buffers and its nodes.
 *
 * The first node is for all steps at once: x U + b on the way forward, and on the way back dU, dW, db and dx, each
 * one matrix product over the rows of every step. Then comes a node for each step; how time runs through them is told in walk.ts.
 */
import { rows, type Indices, type Tensor } from '../engine/index.js';
import type { Cell, Named } from '../cells/index.js';
import { drawMask, requireRate, unrollDropout } from './dropout.js';
import type { CarriedState, GraphNode, Unrolled, Unrolling } from './layer.js';
import { realSteps } from './mask.js';
import { project } from './project.js';
import { backwardBuffers, forwardBuffers } from './timeMajor.js';
import { traceCell } from './trace.js';
import { createWalk } from './walk.js';

export interface CellOptions {
  /** H, the width of the state. */
  units: number;
  /** Output the state after every step, not only after the last. Default false. */
  returnSequences?: boolean;
  /** Each batch goes on from the states in which the one before it ended, row by row. Default false. */
  stateful?: boolean;
  /** While training, the chance of each input feature to be left out, the same at all steps. Default 0. */
  dropout?: number;
  /**
   * While training, the chance of each unit to be left out of what the recurrent weights see, the same at all steps; the
   * state itself goes on whole. Default 0. (Gal and Ghahramani 2016.)
   */
  recurrentDropout?: number;
}

/** What lies before and after the steps of a cell, where another part of the same graph does. */
export interface Neighbours {
  /** Whether a node of the graph writes the initial states. Otherwise they are the caller's, and may be known to be 0. */
  readonly goesOn?: boolean;
  /** What arrives at the states after the last step, [B,H] each, from those who go on from them. */
  readonly sentBack?: Named<string> | null;
}

/**
 * Unrolls cells over the steps of the input.
 * @param timeBackward whether time runs from the last step to the first; the outputs stand in the order of the inputs
 */
export function unrollCell(
  cell: Cell,
  options: CellOptions,
  timeBackward: boolean,
  given: Unrolling,
  { goesOn = false, sentBack = null }: Neighbours = {},
): Unrolled {
  const { units: H, returnSequences = false, stateful = false, dropout = 0, recurrentDropout = 0 } = options;
  const dropped = unrollDropout({ ...given, name: `${given.name}.dropout` }, dropout, true);
  const context: Unrolling =
    dropped.output === given.input ? given : { ...given, input: dropped.output, addInputGradient: false };
  const { k, name, parameters: p, gradients: dp, input, batch: B, training, advance } = context;
  requireRate(name, recurrentDropout);
  if (!Number.isInteger(H) || H < 1) throw new RangeError(`${name}: units must be 1 or more, not ${H}`);
  if (input.steps === null) {
    throw new RangeError(`${name} reads a sequence: give the layer below it returnSequences: true`);
  }
  const { steps: T, mask } = input;
  // What the recurrent weights see of each state, if not all of it.
  const sight = training && recurrentDropout > 0 ? k.zeros(B, H) : null;
  const extent = { B, T, H, backward: timeBackward, dropped: sight !== null };
  const { all, between, steps, slots } = forwardBuffers(k, cell, extent);
  const d = training ? backwardBuffers(k, cell, extent) : null;
  const dOutput = training ? k.zeros((returnSequences ? T : 1) * B, H) : null;
  const inOrder = timeBackward ? [...steps.keys()].reverse() : [...steps.keys()];
  const [first, last] = [inOrder[0]!, inOrder.at(-1)!];

  // The steps from `begin` to `end`, `end` not included, have a real row somewhere; beyond them all is padding.
  let [begin, end] = [0, T];
  /** Of a tensor of T·B rows, those of these steps. */
  function real<N extends Tensor | Indices>(t: N): N {
    return end - begin === T ? t : (rows(t as Tensor, begin * B, end * B) as N);
  }

  const isPadding = (t: number) => t < begin || t >= end;
  const walk = createWalk({ k, cell, parameters: p, steps, d, last, mask, isPadding, sight, sentBack });

  /** Of T+1 slots, that of the state after n steps. */
  const slot = (tensor: Tensor, n: number) => {
    const place = timeBackward ? T - n : n;
    return rows(tensor, place * B, (place + 1) * B);
  };
  const initial = (tensors: Named<string>, prefix: string) =>
    Object.fromEntries(cell.states.map((s) => [prefix + s, slot(tensors[s]!, 0)]));

  const side = project(context, all.a, d && d.all.da, real);
  const inputNode: GraphNode = {
    name,
    time: null,
    reads: { x: input.value },
    writes: { a: all.a },
    saved: {},
    gradients: { a: d && d.all.da },
    work: {
      ...side.work,
      ...initial(slots, 'initial.'),
      ...(d && initial(d.slots, 'initial.d')),
      sight,
      ...walk.work,
    },
    parameters: [`${name}.U`, `${name}.b`],
    // Looked at rather than declared: a state may be set or carried at any time, and every batch has its own padding.
    prepare() {
      if (sight) drawMask(sight, recurrentDropout, context.noise);
      if (mask) [begin, end] = realSteps(mask, B);
      const fromZero = !goesOn && k.sumOfSquares(steps[first]!.prev.h!) === 0;
      const start = timeBackward ? end - 1 : begin;
      for (let t = 0; t < T; t++) {
        steps[t]!.fromZero = fromZero && t === start;
        if (d) d.steps[t]!.dPrevWanted = t !== start || context.initialStateGradient;
      }
      return (begin * (T + 1) + end) * 2 + Number(fromZero);
    },
    forward: side.forward,
    backward: side.backward,
    accumulate() {
      cell.accumulate(k, dp, between(begin * B, end * B), d!.between(begin * B, end * B));
      side.accumulate();
    },
  };

  const recurrentParameters = Object.keys(p).filter((letter) => letter !== 'U' && letter !== 'b');
  function stepNode(t: number): GraphNode {
    const step = steps[t]!;
    const fromLoss: Tensor | null =
      dOutput && (returnSequences ? rows(dOutput, t * B, (t + 1) * B) : t === last ? dOutput : null);
    return {
      name: `${name}@${t}`,
      time: t,
      reads: { a: step.a, ...Object.fromEntries(cell.states.map((s) => [`${s}Prev`, step.prev[s]!])) },
      writes: { ...step.state },
      saved: { gates: step.a, ...step.saved },
      gradients: { ...(d && d.steps[t]!.dState) },
      work: {
        seen: sight && step.seen,
        fromLoss,
        ...(d && { da: d.steps[t]!.da, dSeen: sight && d.steps[t]!.dSeen, ...d.steps[t]!.work }),
      },
      parameters: recurrentParameters.map((letter) => `${name}.${letter}`),
      ...walk.createStep(t, fromLoss),
    };
  }

  function carriedState(s: string): CarriedState {
    const [initial, final, next] = [slot(slots[s]!, 0), slot(slots[s]!, T), slot(slots[s]!, advance)];
    const gradient = d && context.initialStateGradient ? slot(d.slots[s]!, 0) : null;
    return { initial, final, next, gradient, stateful, carry: () => k.copy(initial, next) };
  }

  return {
    nodes: [...dropped.nodes, ...side.shared, inputNode, ...inOrder.map(stepNode)],
    output: {
      value: returnSequences ? all.state.h! : steps[last]!.state.h!,
      gradient: dOutput,
      steps: returnSequences ? T : null,
      mask: returnSequences ? mask : null,
      lookup: null,
      repeated: false,
    },
    states: Object.fromEntries(cell.states.map((s) => [s, carriedState(s)])),
    traces: {
      [name]: (gradients) => traceCell({ cell, parameters: p, extent, all, mask }, gradients ? d!.all : null),
    },
  };
}
