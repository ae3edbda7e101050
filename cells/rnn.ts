/**
 * The tanh-RNN. (Elman 1990; Keras: SimpleRNN.)
 *
 *   R1  a = x U + hPrev W + b
 *   R2  h = tanh(a)
 *
 * Backward, given dh (docs/bptt.md, section 3):
 *
 *   R3  da     = dh * (1 - h²)        tanh' = 1 - tanh²
 *   R4  dhPrev = da Wᵀ
 *   R5  dW     = Σ_t hPrevᵀ da
 */
import { tanh, zeros, type Tensor } from '../engine/index.js';
import { gateParameters, type Cell } from './cell.js';
import { libraryCell } from './libraryCell.js';
import { recurrentAccumulate, recurrentBackward, recurrentForward } from './recurrentProducts.js';

/** The plain recurrent network with tanh. (Elman 1990.) Parameters U [D,H], W [H,H], b [H]; state h. */
export const rnn: Cell<'U' | 'W' | 'b', 'h', never, never> = libraryCell({
  name: 'rnn',
  gates: ['h'],
  states: ['h'],
  saved: {},
  scratch: {},
  parameters: (D, H) => gateParameters(D, H, 1, zeros),

  forward(k, { W }, { a, hIn, state, prevIsZero }) {
    // R1: a = x U + b + hPrev W
    if (!prevIsZero) recurrentForward(k, a, hIn, W);
    k.loop('rnn.forward', forward)(a, state.h);
  },

  backward(k, { W }, { state }, { da, dState, dhIn, needsDPrev }) {
    k.loop('rnn.backward', backward)(state.h, dState.h, da);
    // R4: dhPrev = da Wᵀ
    if (needsDPrev) recurrentBackward(k, da, W, dhIn);
  },

  accumulate(k, { W: dW }, { hIn }, { da }) {
    // R5: dW += Σ_t hPrevᵀ da
    recurrentAccumulate(k, da, hIn, dW);
  },
});

function forward({ data: a }: Tensor, { data: h }: Tensor): void {
  for (let n = 0; n < h.length; n++) {
    h[n] = tanh(a[n]!); // R2
  }
}

function backward({ data: h }: Tensor, { data: dh }: Tensor, { data: dA }: Tensor): void {
  for (let n = 0; n < h.length; n++) {
    dA[n] = dh[n]! * (1 - h[n]! * h[n]!); // R3
  }
}
