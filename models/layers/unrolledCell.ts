/**
 * The buffers of a cell unrolled over time. The rows of all steps are contiguous (row t·B + b), so the same
 * memory also serves as one tall step of T·B rows.
 *
 * States have T+1 entries. Step t reads entry t and writes entry t+1; in reverse it reads entry t+1 and
 * writes entry t. The gradients of the states have the same layout: dPrev of step t is the same memory as
 * dState of step t-1.
 */
import { rows, type Kernels, type Tensor } from '../../engine/index.js';
import type { Cell, Named, Step, StepGradients } from '../../cells/index.js';

/** The sizes of an unrolled cell: B rows, T steps, H units. */
export interface CellShape {
  readonly B: number;
  readonly T: number;
  readonly H: number;
  /** Whether time runs from the last step to the first. */
  readonly reverse: boolean;
}

/** A cell unrolled over time: plain data. */
export interface UnrolledCell extends CellShape {
  readonly cell: Cell;
  readonly parameters: Named<string>;
  /** 1 for a real step, 0 for padding, [T·B]; null: all are real. */
  readonly mask: Tensor | null;
  /**
   * Recurrent dropout: the masks on h as the recurrent weights see it, [B,H]; one for all gates, or one for each.
   * Empty: none.
   */
  readonly dropMasks: readonly Tensor[];
  readonly forward: TimeMajor<Step>;
  /** Null without training. */
  readonly backward: TimeMajor<StepGradients> | null;
  /** The step numbers in the order in which the cell reads them. */
  readonly order: readonly number[];
}

/** The buffers of all steps, T·B rows, and views of them. */
export interface TimeMajor<S> {
  /** All steps as one: T·B rows. */
  readonly all: S;
  /** Rows `from` to `to`, exclusive, as views. */
  readonly slice: (from: number, to: number) => S;
  /** Each step: B rows, as views. */
  readonly steps: readonly S[];
  /** State s after n steps, n = 0..T, [B,H]. */
  readonly stateAfter: (s: string, n: number) => Tensor;
}

/** Allocates all buffers for the passes through a cell. */
export function createUnrolledCell(
  k: Kernels,
  training: boolean,
  given: Omit<UnrolledCell, 'forward' | 'backward' | 'order'>,
): UnrolledCell {
  const { cell, B, T, H, dropMasks, reverse } = given;
  const blocks = (widths: Readonly<Record<string, number | 'row'>>) =>
    named(Object.keys(widths), (name) => {
      const width = widths[name]!;
      return width === 'row' ? k.zeros(T * B) : k.zeros(T * B, width * H);
    });
  const a = () => k.zeros(T * B, cell.gates.length * H);
  function recurrentInput(prev: Named<string>): Tensor[] {
    const seen = dropMasks.length > 0 ? dropMasks.map(() => k.zeros(T * B, H)) : [prev.h!];
    return cell.gates.map((_, g) => seen[g % seen.length]!);
  }

  const forward = timeMajor<Step>(
    k,
    given,
    (prev, state) => ({
      ...{ a: a(), prev, state, hIn: recurrentInput(prev), saved: blocks(cell.saved), prevIsZero: false },
    }),
    (all, take, each) => ({
      ...{ a: take(all.a), prev: each(all.prev), state: each(all.state), hIn: eachOf(all.hIn, take) },
      ...{ saved: each(all.saved), prevIsZero: false },
    }),
  );
  const backward = !training
    ? null
    : timeMajor<StepGradients>(
        k,
        given,
        (dPrev, dState) => ({
          ...{
            da: a(),
            dPrev,
            dState,
            dhIn: recurrentInput(dPrev),
            scratch: blocks(cell.scratch),
            needsDPrev: true,
          },
        }),
        (all, take, each) => ({
          ...{
            da: take(all.da),
            dPrev: each(all.dPrev),
            dState: each(all.dState),
            dhIn: eachOf(all.dhIn, take),
          },
          ...{ scratch: each(all.scratch), needsDPrev: true },
        }),
      );
  const forwards = [...forward.steps.keys()];
  return { ...given, forward, backward, order: reverse ? forwards.reverse() : forwards };
}

function timeMajor<S>(
  k: Kernels,
  { cell, B, T, H, reverse }: CellShape & { readonly cell: Cell },
  create: (prev: Named<string>, state: Named<string>) => S,
  view: (all: S, take: (t: Tensor) => Tensor, each: (ts: Named<string>) => Named<string>) => S,
): TimeMajor<S> {
  const eachRows = (ts: Named<string>, from: number, to: number) =>
    named(Object.keys(ts), (name) => rows(ts[name]!, from, to));
  const states = named(cell.states, () => k.zeros((T + 1) * B, H));
  const [first, second] = [eachRows(states, 0, T * B), eachRows(states, B, (T + 1) * B)];
  const all = reverse ? create(second, first) : create(first, second);
  const slice = (from: number, to: number) =>
    view(
      all,
      (t) => rows(t, from, to),
      (ts) => eachRows(ts, from, to),
    );
  return {
    all,
    slice,
    steps: Array.from({ length: T }, (_, t) => slice(t * B, (t + 1) * B)),
    stateAfter(s, n) {
      const place = reverse ? T - n : n;
      return rows(states[s]!, place * B, (place + 1) * B);
    },
  };
}

/** A view of each tensor; where the tensors are the same, so are the views. */
function eachOf(tensors: readonly Tensor[], view: (t: Tensor) => Tensor): Tensor[] {
  const views = new Map<Tensor, Tensor>();
  return tensors.map((t) => views.get(t) ?? views.set(t, view(t)).get(t)!);
}

/** One tensor for each name. */
export function named(names: readonly string[], make: (name: string) => Tensor): Record<string, Tensor> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}
