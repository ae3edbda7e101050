/**
 * Inspecting the recurrent layers of a graph: states, gates and gradients over time, copied from the buffers
 * of its passes.
 *
 * The backward pass leaves the gradients in its buffers. The gradient of the state of step t (`dState`) is
 * the sum of the parts from the loss at t and from all later steps, and each step has its own buffer for it.
 */
import { tensor, type FloatArray, type Tensor } from '../../engine/index.js';
import type { Named } from '../../cells/index.js';
import { requireGraph } from '../graph/checks.js';
import type { Graph } from '../graph/graph.js';
import { named, type UnrolledCell } from '../layers/unrolledCell.js';

/** Copies of what a recurrent layer computed in a pass. Rows of padding are 0. */
export interface LayerTrace {
  /** The cell's name. */
  readonly cell: string;
  /**
   * Whether it reads from the last step to the first. In either case step t is the one that reads input t.
   */
  readonly reverse: boolean;
  /** 1 for a real step, 0 for padding, [T,B]; null: all steps are real. */
  readonly mask: Tensor | null;
  /** By state, the state after each step, [T,B,H]: `states.c`. */
  readonly states: Named<string>;
  /**
   * By gate, as named by the cell, the output of its σ or tanh, [T,B,H]: `gates.f`. That of a tanh-RNN is its state, so its
   * gate holds what goes into tanh.
   */
  readonly gates: Named<string>;
  /**
   * By state, dLoss/dstate at each step, [T,B,H]: the total derivative, over all paths through this and later
   * steps. Null if no backward pass followed the forward pass.
   */
  readonly gradients: Named<string> | null;
  /** By state, the norm of that gradient at each step, over all examples and units, [T]. */
  readonly norms: Readonly<Record<string, readonly number[]>> | null;
}

/**
 * What the recurrent layers computed in the last pass, by layer: `trace(graph).lstm.gates.f`. The directions
 * of a bidirectional layer are `bidirectional.forward` and `bidirectional.backward`; encoder and decoder
 * likewise. Everything is copied. Call it before the parameters change: the gradient of c through a peephole
 * is computed here.
 * @throws Error before the first forward pass
 */
export function trace(graph: Graph): Readonly<Record<string, LayerTrace>> {
  requireGraph('trace', graph);
  const { cells, lastPass } = graph;
  if (!lastPass) throw new Error('trace: there is nothing to trace before a forward pass');
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [name, traceCell(cell, lastPass === 'backward')]),
  );
}

function traceCell(unrolled: UnrolledCell, hasGradients: boolean): LayerTrace {
  const {
    cell,
    parameters,
    B,
    T,
    H,
    reverse,
    mask,
    forward: { all },
  } = unrolled;
  const gradients = hasGradients ? unrolled.backward!.all : null;
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
  if (total) cell.addSameStepGradient?.(parameters, all, gradients, total);
  const shapedTotal = total && shaped(total);
  return {
    cell: cell.name,
    reverse: reverse,
    mask: mask && tensor(mask.data.slice(mask.offset, mask.offset + mask.size), T, B),
    states: shaped(states),
    gates: shaped(gates),
    gradients: shapedTotal,
    norms: shapedTotal && Object.fromEntries(cell.states.map((s) => [s, normsOf(shapedTotal[s]!)])),
  };
}

/** A dense copy of columns `from` to `to`, exclusive, of a dense matrix. */
function copyColumns({ data, offset, shape }: Tensor, from: number, to: number): Tensor {
  const [M, N] = shape as [number, number];
  const copy = new (data.constructor as new (length: number) => FloatArray)(M * (to - from));
  for (let m = 0, n = 0; m < M; m++) {
    for (let j = from; j < to; j++, n++) copy[n] = data[offset + m * N + j]!;
  }
  return tensor(copy, M, to - from);
}

/** Sets rows of padding to 0: they hold carried states, and gates and gradients that were never used. */
function clearPadding({ data, shape }: Tensor, mask: Tensor): void {
  const [M, H] = shape as [number, number];
  for (let m = 0; m < M; m++) {
    if (mask.data[mask.offset + m] === 0) data.fill(0, m * H, (m + 1) * H);
  }
}

/** The Euclidean norm of [T,B,H] for each t. */
function normsOf({ data, shape }: Tensor): number[] {
  const [T, B, H] = shape as [number, number, number];
  return Array.from({ length: T }, (_, t) => {
    let sum = 0;
    for (let n = t * B * H; n < (t + 1) * B * H; n++) sum += data[n]! ** 2;
    return Math.sqrt(sum);
  });
}
