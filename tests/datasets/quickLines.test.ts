/** The quick way through a table and the slow one read the same numbers. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitFields, type Separator } from '../../datasets/series/fields.js';
import { createLineReader } from '../../datasets/series/lineReader.js';
import { numberOf } from '../../datasets/series/numbers.js';
import { createQuickLines } from '../../datasets/series/quickLines.js';
import type { TableForm } from '../../datasets/series/tableForm.js';

const digits = fc.integer({ min: 0, max: 10 ** 11 }).map(String);
const plain = fc
  .tuple(fc.constantFrom('', '-', '+'), digits, fc.option(digits, { nil: null }))
  .map(([sign, whole, decimals]) => `${sign}${whole}${decimals === null ? '' : `.${decimals}`}`);
const field = fc.oneof(
  { weight: 6, arbitrary: plain },
  fc.constantFrom('', '-', '.5', '5.', 'NaN', '1e3', ' 7 ', '0012', '-0', '1.2'),
);

const formOf = (separator: Separator, columns: number, decimal: '.' | ','): TableForm => ({
  ...{ separator, columns, numbers: { decimal }, skipped: 0, times: null },
  values: Array.from({ length: columns }, (_, place) => ({ place, name: `${place}` })),
});

describe.each<[string, Separator, number, '.' | ',']>([
  ['one column', null, 1, '.'],
  ['one column, decimal commas', null, 1, ','],
  ['commas', ',', 3, '.'],
  ['semicolons, decimal commas', ';', 3, ','],
  ['tabs', '\t', 2, '.'],
])('%s', (_, separator, columns, decimal) => {
  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('lines that end with %s', (_, lineEnd) => {
    const form = formOf(separator, columns, decimal);
    const end = lineEnd.charCodeAt(lineEnd.length - 1);
    const written = (text: string, isQuoted: boolean) => {
      const number = decimal === ',' ? text.replace('.', ',') : text;
      return isQuoted ? `"${number}"` : number;
    };
    const line = fc
      .array(fc.tuple(field, fc.integer({ max: 9, min: 0 })), { minLength: columns, maxLength: columns })
      .map((fields) => fields.map(([text, quoted]) => written(text, quoted === 0)).join(separator ?? ''));
    const property = fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const bytes = new TextEncoder().encode(lines.map((one) => one + lineEnd).join(''));
      for (const column of form.values) {
        const reader = createLineReader(form, column, end, 'x');
        // A blank line is a line without fields, where there are several.
        const read = lines.filter((one) => separator === null || one !== '');
        const expected = read.map((one) =>
          numberOf(splitFields(one, separator)[column.place]!, form.numbers),
        );
        expect([...reader.read(bytes).values]).toEqual(expected);
      }
    });
    fc.assert(property, { seed: 1, numRuns: 300 });
  });
});

it('most lines take the quick way', () => {
  const form = formOf(',', 3, '.');
  const quick = createQuickLines(form, form.values[1]!, 10)!;
  const bytes = new TextEncoder().encode('a,1.5,x\nb,-20,y\r\n"c",3,z\n');
  const values = new Float64Array(8);
  expect(quick.read(bytes, 0, values, 2)).toBe(4);
  expect([...values.subarray(2, 4)]).toEqual([1.5, -20]);
  // In front of the quote.
  expect(quick.next()).toBe(bytes.indexOf(34));
});

it.each([
  ['too few fields', '1,2,3\n1,2\n', /line 2: 2 columns, but the first line has 3/],
  ['too many fields', '1,2,3\n1,2,3,4\n', /line 2: 4 columns, but the first line has 3/],
  ['a number that goes on', '1,2,3\n1,2x,3\n', /line 2: "2x" for "1" is not a number/],
])('a line with %s is refused by its number', (_, text, message) => {
  const form = formOf(',', 3, '.');
  const reader = createLineReader(form, form.values[1]!, 10, 'x');
  expect(() => reader.read(new TextEncoder().encode(text))).toThrow(message);
});
