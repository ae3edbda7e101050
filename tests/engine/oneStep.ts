/** One time step of a cell on random numbers, the same for all kernels. */
import type { Cell, Named, Step, StepGradients } from '../../cells/index.js';
import { createRandom, rows, type Kernels, type Tensor } from '../../engine/index.js';
import { createUnrolledCell } from '../../models/layers/unrolledCell.js';
import { entries } from '../tensors.js';

export interface OneStep {
  readonly p: Named<string>;
  readonly step: Step;
  readonly gradients: StepGradients;
}

/** Random parameters, states and gradients, and NaN in everything that the step must write. */
export function createStep(k: Kernels, cell: Cell, B: number, H: number): OneStep {
  const shape = { B, T: 1, H, reverse: false };
  const unrolled = createUnrolledCell(k, true, {
    ...shape,
    cell,
    parameters: {},
    mask: null,
    dropMasks: [],
  });
  const step = unrolled.forward.steps[0]!;
  const gradients = unrolled.backward!.steps[0]!;
  const parameters = Object.entries(cell.parameters(1, H));
  const p = Object.fromEntries(parameters.map(([letter, { shape }]) => [letter, k.zeros(...shape)]));

  const random = createRandom(1, `${cell.name} ${B} ${H}`);
  const draw = (t: Tensor, deviation: number) => {
    // Rounded to float32, so that float64 starts from the same numbers.
    for (let n = 0; n < t.size; n++) t.data[n] = Math.fround(deviation * random.normal());
  };
  for (const t of Object.values(p)) draw(t, 1 / Math.sqrt(H));
  for (const t of [step.a, ...Object.values(step.prev)]) draw(t, 2);
  for (const t of Object.values(gradients.dState)) draw(t, 1);
  for (const unwritten of [
    step.state,
    step.saved,
    gradients.dPrev,
    gradients.scratch,
    { da: gradients.da },
  ]) {
    for (const t of Object.values<Tensor>(unwritten)) k.fill(t, NaN);
  }
  return { p, step, gradients };
}

/** Forward and backward. */
export function run(k: Kernels, cell: Cell, { p, step, gradients }: OneStep): void {
  cell.forward(k, p, step);
  cell.backward(k, p, step, gradients);
}

/** Rows `from` to `to` (exclusive) of the batch, on the same parameters. */
export function rowsOf({ p, step, gradients }: OneStep, from: number, to: number): OneStep {
  const cut = (t: Tensor) => rows(t, from, to);
  const cutAll = (tensors: readonly Tensor[]) => {
    const same = cut(tensors[0]!);
    return tensors.map(() => same);
  };
  const cutEach = (tensors: Named<string>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, cut(t)]));
  const { a, prev, hIn, state, saved } = step;
  const { da, dState, dPrev, dhIn, scratch } = gradients;
  return {
    p,
    step: {
      ...step,
      a: cut(a),
      prev: cutEach(prev),
      hIn: cutAll(hIn),
      state: cutEach(state),
      saved: cutEach(saved),
    },
    gradients: {
      ...gradients,
      da: cut(da),
      dState: cutEach(dState),
      dPrev: cutEach(dPrev),
      dhIn: cutAll(dhIn),
      scratch: cutEach(scratch),
    },
  };
}

/** Everything that the step wrote, by name. */
export function written({ step, gradients }: OneStep): Record<string, number[]> {
  const numbers: Record<string, number[]> = { a: entries(step.a), da: entries(gradients.da) };
  for (const [group, tensors] of Object.entries({
    state: step.state,
    saved: step.saved,
    dPrev: gradients.dPrev,
    work: gradients.scratch,
  })) {
    for (const [name, t] of Object.entries<Tensor>(tensors)) numbers[`${group}.${name}`] = entries(t);
  }
  return numbers;
}
