/**
 * Backpropagation through time. Here, and nowhere else, time runs forward and back.
 *
 * A cell knows one step, all of whose rows are real, and the gradient that has arrived at its state. The rest is here:
 * where that gradient comes from, what happens to padded rows, and to units that recurrent dropout hides from W.
 */
import { kernelsOnlyAs, rows, type Kernels, type Tensor } from '../../engine/index.js';
import type { Named, Step, StepGradients } from '../../cells/index.js';
import type { GraphNode } from '../layers/node.js';
import { named, type UnrolledCell } from '../layers/unrolledCell.js';
import type { RealSteps } from './realSteps.js';

export interface Bptt {
  /**
   * Step t, forward and backward.
   * @param fromLoss what the loss sends to the step's h [B,H]; null: nothing
   */
  createStep(t: number, fromLoss: Tensor | null): Pick<GraphNode, 'forward' | 'backward'>;
  readonly scratch: Readonly<Record<string, Tensor | null>>;
}

/** @param dFinalState the gradient that arrives at the last state from outside, [B,H] each; null: none does */
export function createBptt(
  k: Kernels,
  unrolled: UnrolledCell,
  real: RealSteps,
  dFinalState: Named<string> | null,
): Bptt {
  const { cell, backward: d, order, mask, B, H } = unrolled;
  const last = order.at(-1)!;
  const zero = d && mask ? k.zeros(B, H) : null;
  const carriedBack = d && mask ? named(cell.states, () => k.zeros(B, H)) : null;

  function forward(t: number, stepMask: Tensor | null): void {
    const step = unrolled.forward.steps[t]!;
    if (!real.has(t)) {
      for (const s of cell.states) k.copy(step.state[s]!, step.prev[s]!);
      return;
    }
    throughCell(k, unrolled, step);
    // A padded row carries its state on unchanged.
    if (stepMask) for (const s of cell.states) k.copyMasked(step.state[s]!, step.prev[s]!, stepMask);
  }

  function backward(t: number, stepMask: Tensor | null, fromLoss: Tensor | null): void {
    const step = unrolled.forward.steps[t]!;
    const gradients = d!.steps[t]!;
    const { dState, dPrev } = gradients;
    // Nothing arrives from beyond the window, unless another part of the graph continues from there.
    if (t === last) for (const s of cell.states) k.fill(dState[s]!, 0);
    if (t === last && dFinalState) for (const s of cell.states) k.add(dState[s]!, dFinalState[s]!);
    // BPTT, B2: the gradient of the state at t is what t+1 sent back, already here, plus what the loss sends.
    if (fromLoss) k.add(dState.h!, fromLoss);

    if (!real.has(t)) {
      k.fill(gradients.da, 0);
      for (const s of cell.states) k.copy(dPrev[s]!, dState[s]!);
      return;
    }
    if (!stepMask) return backThroughCell(k, unrolled, step, gradients);
    // A padded row hands its gradient on to t-1 unchanged, and the cell sees none of it.
    for (const s of cell.states) {
      k.copy(carriedBack![s]!, dState[s]!);
      k.copyMasked(dState[s]!, zero!, stepMask);
    }
    backThroughCell(k, unrolled, step, gradients);
    for (const s of cell.states) k.copyMasked(dPrev[s]!, carriedBack![s]!, stepMask);
  }

  return {
    createStep(t, fromLoss) {
      const stepMask = mask && rows(mask, t * B, (t + 1) * B);
      return {
        forward: kernelsOnlyAs(cell, 'forward', () => forward(t, stepMask)),
        backward: kernelsOnlyAs(cell, 'backward', () => backward(t, stepMask, fromLoss)),
      };
    },
    scratch: { zero, ...carriedBack },
  };
}

function throughCell(k: Kernels, { cell, parameters, dropMask }: UnrolledCell, step: Step): void {
  if (dropMask) k.multiply(step.hIn, step.prev.h!, dropMask); // N3
  cell.forward(k, parameters, step);
}

function backThroughCell(
  k: Kernels,
  { cell, parameters, dropMask }: UnrolledCell,
  step: Step,
  gradients: StepGradients,
): void {
  const { dPrev, dhIn } = gradients;
  if (dropMask) {
    k.fill(dPrev.h!, 0);
    k.fill(dhIn, 0);
  }
  cell.backward(k, parameters, step, gradients);
  if (!dropMask) return;
  // N4: dhPrev += dhIn * m
  k.multiply(dhIn, dhIn, dropMask);
  k.add(dPrev.h!, dhIn);
}
