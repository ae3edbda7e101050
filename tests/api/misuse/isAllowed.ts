/** Whether a value that looks wrong is right where it is given. */
import { allowed } from './allowed.js';

/** Values are separated by spaces, or by commas where they have spaces. */
const SPACED = '() => {}';
function namesIn(values: string): string[] {
  if (values.includes(',')) return values.split(',');
  return values.includes(SPACED) ? [SPACED, ...values.replace(SPACED, '').split(' ')] : values.split(' ');
}

/** Whether a value is right there. */
export function isAllowed(path: string, value: string): boolean {
  return allowed.some(({ values }) => {
    const names = namesIn(values[path] ?? '');
    return names.includes('*') || names.includes(value);
  });
}

/** Arguments for which 1e9 is right, but takes long or fills the machine's memory. */
const COSTLY = new Set([
  'random.permutation.n',
  'reference.zeros.rows',
  'reference.zeros.columns',
  'reference.indices.size',
  'syntheticLoad.days',
  'padLeft.length',
  'generate.n',
  'decode.options.most',
  'fit.options.epochs',
]);

/** Whether to leave a value out. */
export const isCostly = (path: string, value: string): boolean => value === '1e9' && COSTLY.has(path);
