/** Wrong arguments, by name. */
import ndarray from 'ndarray';
import { referenceKernels, type Indices, type Tensor } from '../../../engine/index.js';

const other = referenceKernels(Float64Array);

/** What JavaScript users pass by mistake. */
const ANYTHING: Readonly<Record<string, () => unknown>> = {
  missing: () => undefined,
  null: () => null,
  NaN: () => NaN,
  Infinity: () => Infinity,
  '-1': () => -1,
  '0': () => 0,
  '1.5': () => 1.5,
  '1e9': () => 1e9,
  '""': () => '',
  '"x"': () => 'x',
  true: () => true,
  '[]': () => [],
  '{}': () => ({}),
  '() => {}': () => () => {},
  promise: () => Promise.resolve(),
};

const isView = (value: unknown): value is Tensor | Indices =>
  typeof value === 'object' && value !== null && 'stride' in value && 'data' in value;

/** Wrong values for an argument: any, and what resembles the right one. */
export function wrongValuesFor(right: unknown): [name: string, value: unknown][] {
  const values = Object.entries(ANYTHING).map(([name, make]): [string, unknown] => [name, make()]);
  if (isView(right)) {
    const [first, ...rest] = right.shape as [number];
    const longer = [first + 1, ...rest];
    const size = longer.reduce((product, n) => product * n, 1);
    const isWhole = right.data instanceof Int32Array;
    values.push(['longer', isWhole ? ndarray(new Int32Array(size), longer) : other.zeros(...longer)]);
    values.push(['other rank', other.zeros(1, 2, 3)]);
    values.push(['other numbers', isWhole ? other.zeros(...right.shape) : other.indices(...right.shape)]);
  }
  if (ArrayBuffer.isView(right) && !(right instanceof DataView)) {
    const Numbers = right.constructor as new (length: number) => unknown;
    values.push(['longer', new Numbers((right as Uint8Array).length + 1)]);
  }
  return values;
}
