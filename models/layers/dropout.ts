/**
 * Dropout: in training, each unit is dropped with probability `rate`, and the others are scaled up to
 * compensate. (Srivastava et al. 2014.) A unit dropped at a single step can be guessed from the neighbouring
 * steps, so a mask may also be the same at every step. (Tompson et al. 2015, for features; Gal and Ghahramani
 * 2016, for recurrent networks.)
 *
 * Labels are equations of docs/bptt.md, section 10.
 *
 *   N1  y = x * m       m = 0 with probability rate, otherwise 1 / (1 - rate), which preserves the mean
 *   N2  dx = dy * m
 */
import { requireNumber } from '../../engine/checks.js';
import { kernelsOnly, type Random, type Tensor } from '../../engine/index.js';
import { defineLayer, type Layer, type UnrollContext, type UnrollResult } from './layer.js';
import { node } from './node.js';
import { stepsOf } from './repeatVector.js';
import { isIndices, type Accepts, type Signal } from './signal.js';

/**
 * Drops each number independently. (Keras: Dropout.)
 * @param rate the probability of being dropped, 0 ≤ rate < 1
 * @throws RangeError when the rate is out of range
 */
export const dropout = (rate: number): Layer => dropoutLayer('dropout', rate, false);

/**
 * Drops a feature at all steps of a sequence. (Keras: SpatialDropout1D.)
 * @param rate the probability of being dropped, 0 ≤ rate < 1
 * @throws RangeError when the rate is out of range
 */
export const spatialDropout1D = (rate: number): Layer => dropoutLayer('spatialDropout1D', rate, true);

function dropoutLayer(kind: string, rate: number, sameAtAllSteps: boolean): Layer {
  requireRate(`${kind}: rate`, rate);
  return defineLayer({
    kind,
    config: { kind, rate },
    outputWidth: (D) => D,
    parameters: () => ({}),
    accepts: (training) => dropoutAccepts(rate, sameAtAllSteps, training),
    unroll: (context) => unrollDropout(context, rate, sameAtAllSteps),
  });
}

/**
 * What a layer that drops parts of its input can read. Where something is dropped, equal rows of a table differ
 * from each other; a repeated vector stays repeated if all steps share one mask.
 */
export function dropoutAccepts(rate: number, sameAtAllSteps: boolean, training: boolean): Accepts {
  const keepsAll = rate === 0 || !training;
  return { symbols: true, gathered: keepsAll, repeated: keepsAll || sameAtAllSteps };
}

/**
 * The dropout node in a training graph; otherwise the input unchanged.
 * @throws RangeError when the input is symbols
 */
export function unrollDropout(
  { k, name, batch, input, accumulateInputGradient, training, dropoutRandom }: UnrollContext,
  rate: number,
  sameAtAllSteps: boolean,
): UnrollResult {
  if (rate === 0) return { nodes: [], output: input };
  requireNumbers(name, input);
  if (!training) return { nodes: [], output: input };

  const x = input.value as Tensor;
  const dx = input.gradient;
  const mask = k.zeros(sameAtAllSteps ? batch : x.shape[0]!, x.shape[1]!);
  const y = k.zeros(...x.shape);
  const dy = dx && k.zeros(...x.shape);
  const blocks = (t: Tensor | null) => (t ? stepsOf(t, mask.shape[0]!) : []);
  const [xs, ys, dxs, dys] = [blocks(x), blocks(y), blocks(dx), blocks(dy)];

  const dropping = node({
    name,
    reads: { x },
    writes: { y },
    saved: { mask },
    gradients: { y: dy },
    prepare() {
      drawMask(mask, rate, dropoutRandom);
      return 0;
    },
    forward: () => ys.forEach((block, t) => k.multiply(block, xs[t]!, mask)), // N1
    backward() {
      dys.forEach((block, t) => {
        if (!accumulateInputGradient) return k.multiply(dxs[t]!, block, mask); // N2
        k.multiply(block, block, mask);
        k.add(dxs[t]!, block);
      });
    },
  });
  return { nodes: [kernelsOnly(dropping)], output: { ...input, value: y, gradient: dy } };
}

/** @throws RangeError when the input is symbols */
export function requireNumbers(name: string, { value }: Signal): void {
  if (isIndices(value))
    throw new RangeError(`${name}: symbols cannot be partly dropped; put an embedding below`);
}

/** @throws RangeError unless 0 ≤ rate < 1 */
export function requireRate(name: string, rate: number): void {
  requireNumber(name, rate, { least: 0, below: 1 });
}

/** Fills the mask: 0 with probability `rate`, otherwise 1 / (1 - rate). */
export function drawMask({ data, offset, size }: Tensor, rate: number, random: Random): void {
  const limit = rate * 2 ** 32;
  const kept = 1 / (1 - rate);
  for (let n = offset; n < offset + size; n++) data[n] = random.bits() < limit ? 0 : kept;
}
