/**
 * The input side of a cell, for all time steps at once: a = x U + b forward, and dU, db and dx backward, one
 * matrix product each. Rows of x that occur more than once are multiplied once.
 */
import type { Named } from '../../cells/index.js';
import { kernelsOnly, type Tensor } from '../../engine/index.js';
import { affineAccumulate, affineBackward, affineForward } from '../layers/affine.js';
import { node, type GraphNode } from '../layers/node.js';
import { stepsOf, sumOverTime } from '../layers/repeatVector.js';
import type { RowsOf } from '../layers/signal.js';
import type { CellContext } from './cellContext.js';

/** The passes of the input node and, where rows are shared, the nodes before it. */
export interface Projection extends Pick<GraphNode, 'forward' | 'backward' | 'scratch'> {
  readonly accumulate: () => void;
  /** Writes a of step t, where it only has to be copied: just before the cell reads it, it is still in the cache then. */
  readonly copyStep?: (t: number) => void;
  readonly shared: readonly GraphNode[];
}

/**
 * @param a    [T·B,G·H], written by `forward` or, step by step, by `copyStep`
 * @param da   its gradient
 * @param real selects the rows of the steps that are not padding from a tensor of T·B rows
 */
export function projectInput(context: CellContext, a: Tensor, da: Tensor | null, real: RowsOf): Projection {
  const { gathered, repeated } = context.input;
  if (gathered) return projectGathered(context, a, da, real);
  return repeated ? projectRepeated(context, a, da) : projectAll(context, a, da, real);
}

function projectAll(
  { k, parameters: p, gradients: dp, input, accumulateInputGradient }: CellContext,
  a: Tensor,
  da: Tensor | null,
  real: RowsOf,
): Projection {
  const { value: x, gradient: dx } = input;
  return {
    shared: [],
    forward: () => affineForward(k, real(a), real(x), p.U!, p.b),
    backward() {
      if (!dx) return;
      // Padding has no gradient.
      if (real(dx) !== dx && !accumulateInputGradient) k.fill(dx, 0);
      affineBackward(k, real(da!), p.U!, real(dx), accumulateInputGradient);
    },
    accumulate: () => affineAccumulate(k, real(da!), real(x), dp.U!, dp.b),
  };
}

/** The same vector at every step. */
function projectRepeated(
  { k, parameters: p, gradients: dp, input, batch: B, accumulateInputGradient }: CellContext,
  a: Tensor,
  da: Tensor | null,
): Projection {
  const once = k.zeros(B, a.shape[1]!);
  const dOnce = da && k.zeros(B, a.shape[1]!);
  const [steps, dSteps] = [stepsOf(a, B), da ? stepsOf(da, B) : []];
  return {
    shared: [],
    scratch: { once, dOnce },
    forward: () => affineForward(k, once, input.value, p.U!, p.b),
    copyStep: (t) => k.copy(steps[t]!, once),
    backward() {
      sumOverTime(k, dOnce!, dSteps);
      affineBackward(k, dOnce!, p.U!, input.gradient, accumulateInputGradient);
    },
    accumulate: () => affineAccumulate(k, dOnce!, input.value, dp.U!, dp.b),
  };
}

/** Rows of a table, such as the words of a batch: each row is multiplied by U once, then gathered. */
function projectGathered(context: CellContext, a: Tensor, da: Tensor | null, real: RowsOf): Projection {
  const { k, name, parameters: p, gradients: dp, input, batch: B, accumulateInputGradient } = context;
  const { inverse, used } = input.gathered!;
  const x = input.value as Tensor;
  const [steps, inverses] = [stepsOf(a, B), stepsOf(inverse, B)];
  const y = k.zeros(x.shape[0]!, a.shape[1]!);
  const dy = da && k.zeros(x.shape[0]!, a.shape[1]!);

  const table = node({
    name: `${name}.table`,
    reads: { x },
    writes: { y },
    gradients: { y: dy },
    parameters: inputParameters(name, p),
    shared: true,
    forward: () => affineForward(k, used(y), used(x), p.U!, p.b),
    accumulate() {
      k.fill(used(dy!), 0);
      k.scatterAdd(used(dy!), real(inverse), real(da!));
      affineAccumulate(k, used(dy!), used(x), dp.U!, dp.b);
    },
    backward() {
      const dx = input.gradient;
      affineBackward(k, used(dy!), p.U!, dx && used(dx), accumulateInputGradient);
    },
  });
  return {
    shared: [kernelsOnly(table)],
    forward() {},
    copyStep: (t) => k.gather(steps[t]!, used(y), inverses[t]!),
    backward() {},
    accumulate() {},
  };
}

/** The names of the parameters of the input side: U, and b if there is one. */
export const inputParameters = (name: string, p: Named<string>): string[] =>
  ['U', 'b'].filter((letter) => p[letter]).map((letter) => `${name}.${letter}`);
