/** Expands a signal that holds repeated rows once, for layers that need a row for every step. */
import { kernelsOnly, type Kernels, type Tensor } from '../../engine/index.js';
import { node, type GraphNode } from './node.js';
import { repeatRows, stepsOf, sumOverTime } from './repeatVector.js';
import type { Accepts, Gathered, Signal } from './signal.js';

/** The same signal in a form that `accepts` allows, and the node that writes it, if one is needed. */
export function materialize(
  k: Kernels,
  name: string,
  batch: number,
  signal: Signal,
  accepts: Accepts = {},
): { nodes: GraphNode[]; output: Signal } {
  const { gathered, repeated, gradient: dx, steps } = signal;
  if ((!gathered || accepts.gathered) && (!repeated || accepts.repeated))
    return { nodes: [], output: signal };
  const x = signal.value as Tensor;
  const y = k.zeros(steps! * batch, x.shape[1]!);
  const dy = dx && k.zeros(...y.shape);
  // y_m = x_inverse[m];  dx_n = Σ dy_m over all m with inverse[m] = n, rows of any example.
  const fromTable = ({ inverse, used }: Gathered) => ({
    forward: () => k.gather(y, used(x), inverse),
    backward() {},
    accumulate() {
      k.fill(used(dx!), 0);
      k.scatterAdd(used(dx!), inverse, dy!);
    },
  });
  // y_t = x for every t;  dx = Σ_t dy_t.
  const overTime = (ys: readonly Tensor[], dys: readonly Tensor[]) => ({
    forward: () => repeatRows(k, ys, x),
    backward: () => sumOverTime(k, dx!, dys),
  });
  const writer = node({
    name,
    reads: { x },
    writes: { y },
    gradients: { y: dy },
    ...(gathered ? fromTable(gathered) : overTime(stepsOf(y, batch), dy ? stepsOf(dy, batch) : [])),
  });
  return {
    nodes: [kernelsOnly(writer)],
    output: { ...signal, value: y, gradient: dy, gathered: null, repeated: false },
  };
}
