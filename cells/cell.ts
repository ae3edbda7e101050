/**
 * A recurrent cell: a plain value that lists its parameters and what it saves per time step, and holds the
 * arithmetic of one step. It has no state of its own; all tensors are passed in. The loop over time is in
 * models/recurrent/bptt.ts.
 *
 * Letters: B rows of the batch, D input width, H units, G gates; x_t [B,D], U [D,G·H], W [H,G·H], b [G·H].
 * U is Keras's kernel and PyTorch's weight_ih transposed, W is recurrent_kernel and weight_hh transposed.
 * `dX` is dLoss/dX. `*` is the elementwise product. Labels such as L6 are equations of docs/bptt.md.
 *
 * x U + b (or x U, in a cell without b) is the same for every cell and needs no earlier state, so it is
 * computed outside, for all time steps at once; so are dU, db and dx. A cell computes only what depends on the
 * previous state.
 *
 * Two words in the library's cells are about speed only. `kernelsOnly` declares that the functions only call
 * kernels, so that the calls may be replayed on threads. `k.loop` takes the kernels' twin of a loop.
 */
import { requireFunction, requireWhole } from '../engine/checks.js';
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

/** The buffers of one time step. Every tensor is dense: row b starts at b·width. */
export interface Step<S extends string = string, R extends string = string> {
  /** x U + b [B,G·H] when `forward` is called, the gates' outputs (all that σ' and tanh' need) on return. */
  readonly a: Tensor;
  /** State before the step, [B,H] each. */
  readonly prev: Named<S>;
  /**
   * h as W sees it, [B,H], for each gate: `prev.h` itself or, under recurrent dropout, a copy with some units 0 (N3). It
   * is the same tensor for all gates, unless each has a mask of its own.
   */
  readonly hIn: readonly Tensor[];
  /** State after the step, [B,H] each; `h` is the cell's output. */
  readonly state: Named<S>;
  /** What `backward` needs besides the gates. */
  readonly saved: Named<R>;
  /**
   * Whether `prev.h` is all zeros, as at the first step unless a state was set or carried: `forward` then
   * skips the products with it. Set before each forward pass.
   */
  prevIsZero: boolean;
}

/** The gradients of one time step; each has the shape of its tensor. */
export interface StepGradients<S extends string = string, Q extends string = string> {
  /** dLoss/da, where a is the pre-activation; written by `backward`. */
  readonly da: Tensor;
  /** The gradient of the state after the step: the input of `backward`. */
  readonly dState: Named<S>;
  /** The gradient of the state before the step; written by `backward`. */
  readonly dPrev: Named<S>;
  /**
   * The gradient of `hIn`, for each gate; `backward` writes or adds to it. It is `dPrev.h` itself or, under recurrent
   * dropout, a separate buffer, zeroed beforehand (N4).
   */
  readonly dhIn: readonly Tensor[];
  /**
   * Whether `dPrev` is read. It is not at the first step, unless the gradients of the initial states are
   * needed: `backward` then skips the products that only `dPrev` needs. Set before each forward pass.
   */
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
  /** The states carried from step to step. One of them must be the output, `h`. */
  readonly states: readonly S[];
  /** Width, in units of H, of each tensor saved for `backward`; 'row' for one number per row, [B]. */
  readonly saved: Readonly<Record<R, number | 'row'>>;
  /** Width, in units of H, of each further gradient. */
  readonly scratch: Readonly<Record<Q, number>>;
  /** The parameters for input width D and H units. They must include U; `a` is x U + b, or x U if there is no b. */
  parameters(D: number, H: number): Readonly<Record<P, ParameterSpec>>;

  /** One step: computes `state` from `a` (x U + b so far) and `prev`; leaves the gates' outputs in `a`. */
  forward(k: Kernels, p: Named<P>, step: Step<S, R>): void;
  /** The same step in reverse: computes `da` and `dPrev` from `dState`. */
  backward(k: Kernels, p: Named<P>, step: Step<S, R>, gradients: StepGradients<S, Q>): void;
  /**
   * dW and the other gradients of the recurrent side, += for all time steps at once: `all` and `gradients`
   * hold the T·B rows of all steps, so the sum over time is one matrix product.
   */
  accumulate(k: Kernels, dp: Named<P>, all: Step<S, R>, gradients: StepGradients<S, Q>): void;
  /**
   * For inspection only (models/inspect/trace.ts), after `backward`. In an LSTM, h is computed from c of the
   * same step, so `dState.c` is not all of dLoss/dc. This adds what is missing to `total`, a copy of
   * `dState`, for all time steps at once, [T·B,H] each. Default: nothing is missing.
   */
  addSameStepGradient?(p: Named<P>, all: Step<S, R>, gradients: StepGradients<S, Q>, total: Named<S>): void;
}

/**
 * U and W for G gates, initialized as in Keras, and the bias b.
 * @throws RangeError unless the sizes are whole numbers
 */
export function gateParameters(
  D: number,
  H: number,
  G: number,
  bias: Initializer,
): Record<'U' | 'W' | 'b', ParameterSpec> {
  requireWhole('gateParameters: D', D, 0);
  requireWhole('gateParameters: H', H, 0);
  requireWhole('gateParameters: G', G);
  requireFunction('gateParameters: bias', bias);
  return {
    U: { shape: [D, G * H], initialize: glorotUniform },
    W: { shape: [H, G * H], initialize: orthogonal },
    b: { shape: [G * H], initialize: bias },
  };
}
