/**
 * Looking at a recurrent layer: its states, gates and gradients over time, copied out of the buffers of its passes.
 *
 * The backward pass leaves the gradients behind by itself. What has arrived at the state of step t (`dState`) comes from
 * the loss at t and from all later steps, and each step has memory of its own for it.
 */
import { tensor, type FloatArray, type Tensor } from '../engine/index.js';
import type { Cell, Named, Step, StepGradients } from '../cells/index.js';
import type { LayerTrace } from './layer.js';
import { named, type Extent } from './timeMajor.js';

/** What there is to see of an unrolled cell. */
export interface UnrolledCell {
  readonly cell: Cell;
  readonly parameters: Named<string>;
  readonly extent: Extent;
  /** The buffers of all steps, row t·B + b. */
  readonly all: Step;
  /** [T·B] */
  readonly mask: Tensor | null;
}

/** @param gradients of all steps, as the backward pass has left them; null: there was none */
export function traceCell(
  { cell, parameters, extent: { B, T, H, backward }, all, mask }: UnrolledCell,
  gradients: StepGradients | null,
): LayerTrace {
  const shaped = (tensors: Named<string>) =>
    named(Object.keys(tensors), (name) => {
      const t = tensors[name]!;
      if (mask) clearPadding(t, mask);
      return tensor(t.data, T, B, H);
    });
  const states = named(cell.states, (s) => copyColumns(all.state[s]!, 0, H));
  const gates = named(cell.gates, (gate) => {
    const from = cell.gates.indexOf(gate) * H;
    return copyColumns(all.a, from, from + H);
  });
  const total = gradients && named(cell.states, (s) => copyColumns(gradients.dState[s]!, 0, H));
  if (total) cell.addWithinStep?.(parameters, all, gradients, total);
  const shapedTotal = total && shaped(total);
  return {
    cell: cell.name,
    timeBackward: backward,
    mask: mask && tensor(mask.data.slice(mask.offset, mask.offset + mask.size), T, B),
    states: shaped(states),
    gates: shaped(gates),
    gradients: shapedTotal,
    norms: shapedTotal && Object.fromEntries(cell.states.map((s) => [s, normsOf(shapedTotal[s]!)])),
  };
}

/** Columns `from` to `to` (exclusive) of a dense matrix, dense, in memory of their own. */
function copyColumns({ data, offset, shape }: Tensor, from: number, to: number): Tensor {
  const [M, N] = shape as [number, number];
  const copy = new (data.constructor as new (length: number) => FloatArray)(M * (to - from));
  for (let m = 0, n = 0; m < M; m++) {
    for (let j = from; j < to; j++, n++) copy[n] = data[offset + m * N + j]!;
  }
  return tensor(copy, M, to - from);
}

/** Rows of padding = 0: there the state is carried on, and what the buffers hold besides was never used. */
function clearPadding({ data, shape }: Tensor, mask: Tensor): void {
  const [M, H] = shape as [number, number];
  for (let m = 0; m < M; m++) {
    if (mask.data[mask.offset + m] === 0) data.fill(0, m * H, (m + 1) * H);
  }
}

/** Of [T,B,H], for each t the root of the sum of squares. */
function normsOf({ data, shape }: Tensor): number[] {
  const [T, B, H] = shape as [number, number, number];
  return Array.from({ length: T }, (_, t) => {
    let sum = 0;
    for (let n = t * B * H; n < (t + 1) * B * H; n++) sum += data[n]! ** 2;
    return Math.sqrt(sum);
  });
}
