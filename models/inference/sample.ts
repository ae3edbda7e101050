/** Probabilities of logits, and classes drawn from them. */
import { sizeOf, tensor, type FloatArray, type Random, type Tensor } from '../../engine/index.js';
import { readOptions, requireNumber, requireWhole, show } from '../../engine/checks.js';
import { softmax as softmaxOfRows } from '../../engine/reference/softmax.js';
import { argmax } from '../training/metrics/argmax.js';

/** How a class is chosen. */
export interface SampleOptions {
  /** 0: the most likely class. Below 1 likely classes become likelier, above 1 less so. Default 1. */
  temperature?: number;
  /** Only this many classes, the most likely ones, can be drawn. Default null: all. */
  topK?: number | null;
  /**
   * Only the most likely classes that together have this probability can be drawn, above 0 to 1. (Holtzman et
   * al. 2020.) With `topK`, of what that leaves. Default null: all.
   */
  topP?: number | null;
  /** What draws: `createRandom(seed)`. Default null, for temperature 0 only: nothing is drawn. */
  random?: Random | null;
}

/** Options with defaults filled in. */
export type Choice = Required<SampleOptions>;

/** @throws RangeError or TypeError that names the option */
export function readChoice(of: string, options: SampleOptions): Choice {
  const choice = readOptions(of, options, { temperature: 1, topK: null, topP: null, random: null }) as Choice;
  const { temperature, topK, topP, random } = choice;
  requireNumber(`${of}: temperature`, temperature, { least: 0 });
  if (topK !== null) requireWhole(`${of}: topK`, topK);
  if (topP !== null) requireNumber(`${of}: topP`, topP, { above: 0, most: 1 });
  if (temperature > 0 && typeof random?.uniform !== 'function')
    throw new TypeError(
      `${of}: random must be createRandom(seed), not ${show(random)}; temperature 0 takes the most likely`,
    );
  return choice;
}

/**
 * The probabilities of logits, or of each row of logits. (Keras: ops.softmax; PyTorch: softmax(dim=-1);
 * tfjs: tf.softmax.)
 * @param logits      numbers [V], or a tensor whose last dimension is V; left as it is
 * @param temperature above 0; more makes the probabilities more equal. Default 1
 * @returns an array, or a tensor of the same shape
 */
export function softmax(logits: ArrayLike<number>, temperature?: number): Float64Array;
export function softmax(logits: Tensor, temperature?: number): Tensor;
export function softmax(logits: ArrayLike<number> | Tensor, temperature = 1): Float64Array | Tensor {
  requireNumber('softmax: temperature', temperature, { above: 0 });
  const rows = copyRows('softmax', logits);
  softmaxOfRows(rows, rows, temperature);
  return 'shape' in logits ? tensor(rows.data, ...logits.shape) : (rows.data as Float64Array);
}

/**
 * Draws a class from softmax(logits / temperature). (Keras: random.categorical; PyTorch: multinomial; tfjs:
 * tf.multinomial; topK and topP as in generate() of Hugging Face.)
 * @param logits numbers [V], or a tensor of one row; left as they are
 * @returns the class, 0 to V-1
 */
export function sample(logits: ArrayLike<number> | Tensor, options: SampleOptions): number {
  const choice = readChoice('sample', options);
  const rows = copyRows('sample', logits);
  if (rows.shape[0] !== 1) throw new RangeError(`sample: give one row of logits, not ${rows.shape[0]}`);
  if (choice.temperature === 0) return argmax(rows.data, 0, rows.size);
  softmaxOfRows(rows, rows, choice.temperature);
  return draw(rows.data, choice);
}

/** The logits as rows of an array of their own. */
function copyRows(of: string, logits: ArrayLike<number> | Tensor): Tensor {
  const shape = typeof logits === 'object' && logits !== null && 'shape' in logits ? logits.shape : null;
  const values = shape ? entriesOf(logits as Tensor) : copyNumbers(of, logits as ArrayLike<number>);
  if (values.length === 0) throw new RangeError(`${of}: there are no logits`);
  if (values.some(Number.isNaN)) throw new RangeError(`${of}: a logit is not a number`);
  const width = shape ? shape.at(-1)! : values.length;
  return tensor(values, values.length / width, width);
}

function copyNumbers(of: string, logits: ArrayLike<number>): Float64Array {
  if (Array.isArray(logits) || ArrayBuffer.isView(logits)) return Float64Array.from(logits);
  throw new TypeError(`${of}: logits must be numbers or a tensor, not ${show(logits)}`);
}

/** The entries of a view, row by row. */
function entriesOf({ data, shape, stride, offset }: Tensor): FloatArray {
  const values = new (data instanceof Float64Array ? Float64Array : Float32Array)(sizeOf(shape));
  for (let n = 0; n < values.length; n++) {
    let [rest, place] = [n, offset];
    for (let d = shape.length - 1; d >= 0; d--) {
      place += (rest % shape[d]!) * stride[d]!;
      rest = Math.floor(rest / shape[d]!);
    }
    values[n] = data[place]!;
  }
  return values;
}

/**
 * A class n with probability p[n], after `topK` and `topP` have left some of them out.
 * @param p probabilities; those left out become 0
 */
export function draw(p: FloatArray, { topK, topP, random }: Choice): number {
  const all = topK === null && topP === null ? 1 : restrict(p, topK ?? p.length, topP ?? 1);
  const threshold = random!.uniform() * all;
  // The first at which the sum of probabilities exceeds a uniform number.
  let sum = 0;
  for (let n = 0; n < p.length; n++) {
    sum += p[n]!;
    if (sum > threshold) return n;
  }
  // Rounding may leave the whole sum slightly below 1.
  return argmax(p, 0, p.length);
}

/** Sets all but the most likely classes to 0. @returns the sum of the others */
function restrict(p: FloatArray, topK: number, topP: number): number {
  // Likeliest first; equal ones in their order.
  const order = Array.from(p, (_, n) => n).sort((a, b) => p[b]! - p[a]!);
  const wanted = topP * order.slice(0, topK).reduce((sum, n) => sum + p[n]!, 0);
  let [kept, sum] = [0, 0];
  while (kept < Math.min(topK, p.length) && (kept === 0 || sum < wanted)) sum += p[order[kept++]!]!;
  for (const n of order.slice(kept)) p[n] = 0;
  return sum;
}
