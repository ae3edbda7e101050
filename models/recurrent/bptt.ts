/**
 * Backpropagation through time: one forward and one backward step around a cell's own. The cell treats all
 * rows as real and takes the gradient of its state as given. Everything else is here: summing that gradient
 * from step t+1 and the loss, carrying state and gradient past padded rows, and the recurrent dropout mask.
 */
import { rows, type Kernels, type Tensor } from '../../engine/index.js';
import type { Named, Step, StepGradients } from '../../cells/index.js';
import type { GraphNode } from '../layers/node.js';
import { named, type UnrolledCell } from '../layers/unrolledCell.js';
import type { RealSteps } from './realSteps.js';

export interface Bptt {
  /**
   * Step t, forward and backward.
   * @param fromLoss dLoss/dh of step t through the output alone [B,H]; null: none
   */
  createStep(t: number, fromLoss: Tensor | null): Pick<GraphNode, 'forward' | 'backward'>;
  readonly scratch: Readonly<Record<string, Tensor | null>>;
}

/** @param dFinalState gradient of the last state from other parts of the graph, [B,H] each; null: none */
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
    // No gradient comes from beyond the window, unless another part of the graph continues from here.
    if (t === last) for (const s of cell.states) k.fill(dState[s]!, 0);
    if (t === last && dFinalState) for (const s of cell.states) k.add(dState[s]!, dFinalState[s]!);
    // BPTT, B2: the gradient of the state at t is dPrev of t+1, already in dState, plus that of the loss.
    if (fromLoss) k.add(dState.h!, fromLoss);

    if (!real.has(t)) {
      k.fill(gradients.da, 0);
      for (const s of cell.states) k.copy(dPrev[s]!, dState[s]!);
      return;
    }
    if (!stepMask) return backThroughCell(k, unrolled, step, gradients);
    // A padded row passes its gradient on to t-1 unchanged; the cell sees 0 for it.
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
        forward: () => forward(t, stepMask),
        backward: () => backward(t, stepMask, fromLoss),
      };
    },
    scratch: { zero, ...carriedBack },
  };
}

function throughCell(k: Kernels, { cell, parameters, dropMasks }: UnrolledCell, step: Step): void {
  dropMasks.forEach((mask, g) => k.multiply(step.hIn[g]!, step.prev.h!, mask)); // N3
  cell.forward(k, parameters, step);
}

function backThroughCell(
  k: Kernels,
  { cell, parameters, dropMasks }: UnrolledCell,
  step: Step,
  gradients: StepGradients,
): void {
  const { dPrev, dhIn } = gradients;
  if (dropMasks.length > 0) k.fill(dPrev.h!, 0);
  dropMasks.forEach((_, g) => k.fill(dhIn[g]!, 0));
  cell.backward(k, parameters, step, gradients);
  // N4: dhPrev += dhIn * m
  dropMasks.forEach((mask, g) => {
    k.multiply(dhIn[g]!, dhIn[g]!, mask);
    k.add(dPrev.h!, dhIn[g]!);
  });
}
