/**
 * The buffers of a cell unrolled over time. All steps lie one under the other (row t·B + b), so that "all steps at
 * once" is the same memory read as one tall step.
 *
 * States have one slot more than there are steps. Step t reads slot t and writes slot t+1; where time runs backward it
 * reads slot t+1 and writes slot t. The gradients of the states lie in the same way: what a step sends back (its
 * dPrev) is, in the same memory, what has arrived at the step before it (its dState).
 */
import { rows, type Kernels, type Tensor } from '../engine/index.js';
import type { Cell, Named, Step, StepGradients } from '../cells/index.js';

/** The shape of an unrolled cell: B examples, T steps, H units, and whether time runs backward. */
export interface Extent {
  readonly B: number;
  readonly T: number;
  readonly H: number;
  readonly backward: boolean;
  /** Whether the recurrent weights see a copy of the state, some units of it dropped. */
  readonly dropped: boolean;
}

export interface TimeMajor<All> {
  /** Every step as one: T·B rows. */
  readonly all: All;
  /** Some of these rows: views of `all`. */
  readonly between: (from: number, to: number) => All;
  /** Step by step: B rows each, views of `all`. */
  readonly steps: readonly All[];
  /** By state: T+1 slots of B rows. */
  readonly slots: Named<string>;
}

/** Buffers for the forward pass. */
export function forwardBuffers(
  k: Kernels,
  cell: Cell,
  { B, T, H, backward, dropped }: Extent,
): TimeMajor<Step> {
  const slots = named(cell.states, () => k.zeros((T + 1) * B, H));
  const [before, after] = backward ? [B, 0] : [0, B];
  const prev = eachRows(slots, before, before + T * B);
  const all: Step = {
    a: k.zeros(T * B, cell.gates.length * H),
    prev,
    seen: dropped ? k.zeros(T * B, H) : prev.h!,
    state: eachRows(slots, after, after + T * B),
    saved: named(Object.keys(cell.saved), (name) => k.zeros(T * B, cell.saved[name]! * H)),
    fromZero: false,
  };
  const between = (from: number, to: number): Step => ({
    a: rows(all.a, from, to),
    prev: eachRows(all.prev, from, to),
    seen: rows(all.seen, from, to),
    state: eachRows(all.state, from, to),
    saved: eachRows(all.saved, from, to),
    fromZero: false,
  });
  return { all, between, steps: Array.from({ length: T }, (_, t) => between(t * B, (t + 1) * B)), slots };
}

/** Buffers for the backward pass. */
export function backwardBuffers(
  k: Kernels,
  cell: Cell,
  { B, T, H, backward, dropped }: Extent,
): TimeMajor<StepGradients> {
  const slots = named(cell.states, () => k.zeros((T + 1) * B, H));
  const [before, after] = backward ? [B, 0] : [0, B];
  const dPrev = eachRows(slots, before, before + T * B);
  const all: StepGradients = {
    da: k.zeros(T * B, cell.gates.length * H),
    dPrev,
    dSeen: dropped ? k.zeros(T * B, H) : dPrev.h!,
    dState: eachRows(slots, after, after + T * B),
    work: named(Object.keys(cell.work), (name) => k.zeros(T * B, cell.work[name]! * H)),
    dPrevWanted: true,
  };
  const between = (from: number, to: number): StepGradients => ({
    da: rows(all.da, from, to),
    dPrev: eachRows(all.dPrev, from, to),
    dSeen: rows(all.dSeen, from, to),
    dState: eachRows(all.dState, from, to),
    work: eachRows(all.work, from, to),
    dPrevWanted: true,
  });
  return { all, between, steps: Array.from({ length: T }, (_, t) => between(t * B, (t + 1) * B)), slots };
}

/** One tensor for each name. */
export function named(names: readonly string[], make: (name: string) => Tensor): Record<string, Tensor> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}

/** The same rows of each tensor. */
function eachRows(tensors: Named<string>, from: number, to: number): Record<string, Tensor> {
  return named(Object.keys(tensors), (name) => rows(tensors[name]!, from, to));
}
