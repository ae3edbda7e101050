/**
 * What a recurrent cell is: a plain value with its parameters, what it saves at a time step, and its arithmetic.
 * It has no fields that change; all tensors are handed in. Time is not its affair: that is models/recurrent/bptt.ts.
 *
 * Letters: B rows of the batch, D input width, H units, G gates; x_t [B,D], U [D,G·H], W [H,G·H], b [G·H].
 * U is Keras's kernel and PyTorch's weight_ih transposed, W is recurrent_kernel and weight_hh transposed.
 * `dX` is dLoss/dX. Products with `*` are element by element. Labels such as L6 are equations of docs/bptt.md.
 *
 * The product x U + b is the same for every cell and needs no earlier state, so it is computed outside, for all
 * time steps at once. Likewise dU, db and dx. A cell adds what depends on its own past.
 */
import {
  glorotUniform,
  orthogonal,
  type Initializer,
  type Kernels,
  type ParameterSpec,
  type Tensor,
} from '../engine/index.js';

/** Tensors by name. */
export type Named<K extends string> = Readonly<Record<K, Tensor>>;

/** The buffers of one time step; every tensor is dense, row b from b·width on. */
export interface Step<S extends string = string, R extends string = string> {
  /** x U + b [B,G·H] when `forward` is called, the gates' outputs when it returns (outputs, for σ' and tanh'). */
  readonly a: Tensor;
  /** State before the step, [B,H] each. */
  readonly prev: Named<S>;
  /** What W is multiplied with, [B,H]. It is `prev.h`; under recurrent dropout, a copy of it with some units 0. */
  readonly hIn: Tensor;
  /** State after the step, [B,H] each; `h` is the cell's output. */
  readonly state: Named<S>;
  /** What backward needs beside the gates. */
  readonly saved: Named<R>;
  /** Whether `prev.h` is 0: products with it are then left out. Set anew at each forward pass. */
  prevIsZero: boolean;
}

/** The gradients of one time step, in the shapes of what they belong to. */
export interface StepGradients<S extends string = string, Q extends string = string> {
  /** dLoss/da, where a is the pre-activation: `backward` writes it. */
  readonly da: Tensor;
  /** The gradient that has arrived at the state after the step. */
  readonly dState: Named<S>;
  /** The gradient of the state before the step: `backward` writes it. */
  readonly dPrev: Named<S>;
  /**
   * The gradient of `seen`: `backward` writes or adds to it. It is `dPrev.h`; under recurrent dropout, memory of its
   * own, 0 at the beginning.
   */
  readonly dhIn: Tensor;
  /** Whether anybody reads `dPrev`: products that only it needs are otherwise left out. Set anew as `fromZero` is. */
  needsDPrev: boolean;
  /** Further gradients that `backward` writes and `accumulate` reads. */
  readonly scratch: Named<Q>;
}

/**
 * A recurrent cell. P, S, R and Q name its parameters, its states, what it saves and its further gradients.
 */
export interface Cell<
  P extends string = string,
  S extends string = string,
  R extends string = string,
  Q extends string = string,
> {
  readonly name: string;
  /** The blocks of U, W, b and a, each H wide, in this order. */
  readonly gates: readonly string[];
  /** The states carried from step to step. One of them is the output, and its name is `h`. */
  readonly states: readonly S[];
  /** Width, in units of H, of each tensor that is saved for backward. */
  readonly saved: Readonly<Record<R, number>>;
  /** Width, in units of H, of each further gradient. */
  readonly scratch: Readonly<Record<Q, number>>;
  /** The parameters for input width D and H units. U and b must be among them. */
  parameters(D: number, H: number): Readonly<Record<P, ParameterSpec>>;

  /** One step: from `a` (x U + b so far) and `prev` to `state`, leaving the gates' outputs in `a`. */
  forward(k: Kernels, p: Named<P>, step: Step<S, R>): void;
  /** The same step in reverse: from `dState` to `da` and `dPrev`. */
  backward(k: Kernels, p: Named<P>, step: Step<S, R>, gradients: StepGradients<S, Q>): void;
  /**
   * dW and what else belongs to the recurrent side, += for all time steps at once: `all` and `gradients` hold the
   * T·B rows of every step, one under the other, so that the sum over time is one matrix product.
   */
  accumulate(k: Kernels, dp: Named<P>, all: Step<S, R>, gradients: StepGradients<S, Q>): void;
  /**
   * For those who look at gradients, after `backward`: where one state of a step is computed from another, adds to
   * `total`, which holds `dState`, what the one sends the other within the step. Of all time steps at once, [T·B,H] each.
   */
  addSameStepGradient?(p: Named<P>, all: Step<S, R>, gradients: StepGradients<S, Q>, total: Named<S>): void;
}

/** U and W for G gates, drawn as in Keras, and the bias b. */
export function gateParameters(
  D: number,
  H: number,
  G: number,
  bias: Initializer,
): Record<'U' | 'W' | 'b', ParameterSpec> {
  return {
    U: { shape: [D, G * H], initialize: glorotUniform },
    W: { shape: [H, G * H], initialize: orthogonal },
    b: { shape: [G * H], initialize: bias },
  };
}
