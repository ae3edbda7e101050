/**
 * The walk of a cell through time. Here, and nowhere else, time runs forward and back.
 *
 * A cell knows one step, whose rows are all real, and what has arrived at its state. What it need not know is told here: where the
 * gradient of a state comes from, what becomes of padded rows, and of units that the recurrent weights do not see.
 */
import { rows, type Kernels, type Tensor } from '../engine/index.js';
import type { Cell, Named, Step, StepGradients } from '../cells/index.js';
import type { GraphNode } from './layer.js';
import { named, type TimeMajor } from './timeMajor.js';

/** What is walked through. */
export interface Way {
  readonly k: Kernels;
  readonly cell: Cell;
  readonly parameters: Named<string>;
  readonly steps: readonly Step[];
  /** Null without training. */
  readonly d: TimeMajor<StepGradients> | null;
  /** The last step in the order of the walk. */
  readonly last: number;
  /** 1 for a real step, 0 for padding, [T·B]; null: all are real. */
  readonly mask: Tensor | null;
  /** Whether step t is padding in every row: then its state is the one before it. */
  readonly isPadding: (t: number) => boolean;
  /** Factors of the units as the recurrent weights see them, [B,H]; null: they see the state as it is. */
  readonly sight: Tensor | null;
  /** What arrives at the states after the last step, [B,H] each, from those who go on from them. */
  readonly sentBack: Named<string> | null;
}

export interface Walk {
  /**
   * Step t, there and back.
   * @param fromLoss what the loss sends to the step's h [B,H]; null: nothing
   */
  createStep(t: number, fromLoss: Tensor | null): Pick<GraphNode, 'forward' | 'backward'>;
  /** Memory that it has besides. */
  readonly work: Readonly<Record<string, Tensor | null>>;
}

/** Allocates what the walk needs. */
export function createWalk(way: Way): Walk {
  const { k, cell, parameters: p, steps, d, last, mask, isPadding, sight, sentBack } = way;
  const { shape } = steps[0]!.state.h!;
  const zero = d && mask ? k.zeros(...shape) : null;
  const carriedBack = d && mask ? named(cell.states, () => k.zeros(...shape)) : null;

  function createStep(t: number, fromLoss: Tensor | null) {
    const step = steps[t]!;
    const B = shape[0]!;
    const stepMask = mask && rows(mask, t * B, (t + 1) * B);

    function forward(): void {
      if (isPadding(t)) {
        for (const s of cell.states) k.copy(step.state[s]!, step.prev[s]!);
        return;
      }
      if (sight) k.multiply(step.seen, step.prev.h!, sight); // N3
      cell.forward(k, p, step);
      // A padded row carries its state on unchanged.
      if (stepMask) for (const s of cell.states) k.copyMasked(step.state[s]!, step.prev[s]!, stepMask);
    }

    function backward(): void {
      const gradients = d!.steps[t]!;
      const { dState, dPrev } = gradients;
      // Nothing arrives from beyond the window, unless others go on from there.
      if (t === last) for (const s of cell.states) k.fill(dState[s]!, 0);
      if (t === last && sentBack) for (const s of cell.states) k.add(dState[s]!, sentBack[s]!);
      // BPTT, B2: the gradient of the state at t is what t+1 sent back, already here, plus what the loss sends.
      if (fromLoss) k.add(dState.h!, fromLoss);

      if (isPadding(t)) {
        k.fill(gradients.da, 0);
        for (const s of cell.states) k.copy(dPrev[s]!, dState[s]!);
        return;
      }
      if (!stepMask) return backThroughCell(step, gradients);
      // A padded row hands its gradient on to t-1 unchanged, and the cell sees none of it.
      for (const s of cell.states) {
        k.copy(carriedBack![s]!, dState[s]!);
        k.copyMasked(dState[s]!, zero!, stepMask);
      }
      backThroughCell(step, gradients);
      for (const s of cell.states) k.copyMasked(dPrev[s]!, carriedBack![s]!, stepMask);
    }

    return { forward, backward };
  }

  function backThroughCell(step: Step, gradients: StepGradients): void {
    const { dPrev, dSeen } = gradients;
    if (sight) {
      k.fill(dPrev.h!, 0);
      k.fill(dSeen, 0);
    }
    cell.backward(k, p, step, gradients);
    if (!sight) return;
    // N4: dhPrev += dseen * m
    k.multiply(dSeen, dSeen, sight);
    k.add(dPrev.h!, dSeen);
  }

  return { createStep, work: { zero, ...carriedBack } };
}
