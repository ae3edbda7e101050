/**
 * The fused twins of the loops of cells, activations and layers: their table, and the checks of shapes and
 * addresses before each call.
 */
import type { Arena } from '../platform/arena.js';
import type { Kernels, Loop } from '../../kernels.js';
import { requireLoop } from '../../phases.js';
import { isDense } from '../../shapes.js';
import { loopPartition } from '../plans/partition.js';
import { requireTensor, type Tensor } from '../../tensor.js';

/** A row shared by the whole batch: a parameter, [width·H]. */
interface Shared {
  readonly shared: number;
}

/** The width of a tensor as a multiple of H: [B,width·H], unless it is shared. */
type Width = number | Shared;

/**
 * By name: the export of assembly/*Loops.ts, and the widths of the loop's tensors; the first is not shared.
 */
const table = {
  'rnn.forward': ['rnnForward', [1, 1]],
  'rnn.backward': ['rnnBackward', [1, 1, 1]],
  'lstm.forward': ['lstmForward', [4, 1, 1, 1, 1]],
  'lstm.backward': ['lstmBackward', [4, 1, 1, 1, 1, 4, 1]],
  'lstmPeephole.forward': ['peepholeForward', [4, { shared: 3 }, 1, 1, 1, 1]],
  'lstmPeephole.backward': ['peepholeBackward', [4, { shared: 3 }, 1, 1, 1, 1, 1, 4, 1, 3]],
  'lstmCoupled.forward': ['coupledForward', [3, 1, 1, 1, 1]],
  'lstmCoupled.backward': ['coupledBackward', [3, 1, 1, 1, 1, 3, 1]],
  'lstmLayerNorm.forward.gates': ['lstmLayerNormForwardGates', [4, 4, { shared: 4 }, 1, 1]],
  'lstmLayerNorm.forward.state': ['lstmLayerNormForwardState', [4, 1, 1]],
  'lstmLayerNorm.backward.state': ['lstmLayerNormBackwardState', [4, 1, 1, 4, 1]],
  'lstmLayerNorm.backward.gates': ['lstmLayerNormBackwardGates', [4, 1, 1, 4, 1]],
  'gru.forward.gates': ['gruForwardGates', [3, 1, 1]],
  'gru.forward.state': ['gruForwardState', [3, 1, 1]],
  'gru.backward.state': ['gruBackwardState', [3, 1, 1, 3, 1]],
  'gru.backward.gates': ['gruBackwardGates', [3, 1, 1, 3, 1]],
  'gruResetAfter.forward': ['gruResetAfterForward', [3, 3, 1, 1]],
  'gruResetAfter.backward': ['gruResetAfterBackward', [3, 3, 1, 1, 3, 3, 1]],
  'relu.forward': ['reluForward', [1]],
  'relu.backward': ['reluBackward', [1, 1, 1]],
  'tanh.forward': ['tanhForward', [1]],
  'tanh.backward': ['tanhBackward', [1, 1, 1]],
  'sigmoid.forward': ['sigmoidForward', [1]],
  'sigmoid.backward': ['sigmoidBackward', [1, 1, 1]],
  'softmax.backward': ['softmaxBackward', [1, 1, 1]],
  'scale.forward': ['scaleForward', [1, 1, { shared: 1 }, { shared: 1 }]],
  'scale.backward': ['scaleBackward', [1, 1, 1, 1, { shared: 1 }]],
} as const satisfies Record<string, readonly [string, readonly [number, ...Width[]]]>;

/** B rows of H units, then the addresses of the tensors; a function ignores surplus ones. */
type Fused = (
  B: number,
  H: number,
  t0: number,
  t1: number,
  t2: number,
  t3: number,
  t4: number,
  t5: number,
  t6: number,
  t7: number,
  t8: number,
  t9: number,
) => void;

type FusedName = (typeof table)[keyof typeof table][0];
export type LoopExports = Record<FusedName, Fused> & { leave(): void };

/** How calls of the fused twins are partitioned, by their names. */
export const loopPartitions = Object.fromEntries(
  Object.values(table).map(([fused, widths]) => [
    fused,
    loopPartition(widths.map((width: Width) => (typeof width === 'number' ? width : 0))),
  ]),
);

/** `loop` of the kernels, over tensors of this arena. */
export function loopOn(arena: Arena, wasm: LoopExports): Kernels['loop'] {
  const twins = new Map<string, Loop>();
  for (const [name, [fused, widths]] of Object.entries(table)) {
    twins.set(name, twin(arena, name, wasm, fused, widths));
  }
  return <L extends Loop>(name: string, loop: L) => {
    requireLoop(name, loop);
    const found = twins.get(name) as L | undefined;
    if (!found) wasm.leave();
    return found ?? loop;
  };
}

/** The twin throws a RangeError unless its tensors are dense and agree in B and H. */
function twin(
  arena: Arena,
  name: string,
  wasm: LoopExports,
  fused: FusedName,
  widths: readonly [number, ...Width[]],
): Loop {
  function address(n: number, t: Tensor, B: number, H: number): number {
    if (n >= widths.length) return 0;
    requireTensor(name, t);
    const width = widths[n]!;
    if (typeof width === 'number') requireRows(n, t, B, width * H);
    else requireShared(n, t, width.shared * H);
    return arena.address(name, t as Tensor<Float32Array>);
  }
  function requireRows(n: number, t: Tensor, B: number, width: number): void {
    if (t.shape[0] === B && t.shape[1] === width && isDense(t)) return;
    throw new RangeError(`${name}: tensor ${n} is [${t.shape.join(', ')}], not a dense [${B}, ${width}]`);
  }
  function requireShared(n: number, t: Tensor, width: number): void {
    if (t.shape.length === 1 && t.shape[0] === width && isDense(t)) return;
    throw new RangeError(`${name}: tensor ${n} is [${t.shape.join(', ')}], not a dense [${width}]`);
  }
  // Ten named parameters: a rest array would make garbage at every step.
  return (t0, t1, t2, t3, t4, t5, t6, t7, t8, t9) => {
    requireTensor(name, t0);
    const B = t0.shape[0]!;
    const H = t0.shape[1]! / widths[0];
    wasm[fused](
      B,
      H,
      address(0, t0, B, H),
      address(1, t1, B, H),
      address(2, t2, B, H),
      address(3, t3, B, H),
      address(4, t4, B, H),
      address(5, t5, B, H),
      address(6, t6, B, H),
      address(7, t7, B, H),
      address(8, t8, B, H),
      address(9, t9, B, H),
    );
  };
}
