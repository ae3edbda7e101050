/** Numbers and characters as the page shows them. */

/** A float32 number with all digits that it has, and a true minus. */
export function digits(value: number, significant = 7): string {
  const small = value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5);
  const text = small ? value.toExponential(significant - 1) : value.toPrecision(significant);
  return text.replace(/e([+-]?\d+)$/, (_, power: string) => `·10${superscript(power)}`).replace(/^-/, '−');
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export const superscript = (power: string | number) =>
  String(power)
    .replace('+', '')
    .replace(/\d/g, (digit) => RAISED[Number(digit)]!)
    .replace('-', '⁻');

/** A character as it is shown: a space is visible. */
export const visible = (character: string) => (character === ' ' ? '␣' : character);
