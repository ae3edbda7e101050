/** Texts and bytes are split by one rule. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fieldAt } from '../../datasets/quotedFields.js';
import { rowsOf } from '../../datasets/rows.js';
import { createFieldFinder, trim } from '../../datasets/series/fieldFinder.js';
import { SEPARATORS, splitFields, type Separator } from '../../datasets/series/fields.js';
import type { TableForm } from '../../datasets/series/tableForm.js';

const NEWLINE = 10;

/** The fields of a line as the finder has them, without white space and quotes around; or what is wrong. */
function foundIn(line: string, separator: Separator, columns: number): string[] | string {
  const bytes = new TextEncoder().encode(`${line}\n`);
  const fields: string[] = [];
  for (let place = 0; place < columns; place++) {
    const form = { separator, columns, times: null } as unknown as TableForm;
    const { split, found } = createFieldFinder(form, { place, name: '' }, NEWLINE);
    const wrong = split(bytes, 0);
    if (wrong) return wrong;
    expect(found[6]).toBe(bytes.length - 1);
    trim(bytes, found, 0);
    fields.push(new TextDecoder().decode(bytes.subarray(found[0], found[1])));
  }
  return fields;
}

/** Fields as they are written, and whether the last one is closed. */
function written(line: string, separator: Separator) {
  const fields: string[] = [];
  let isClosed = true;
  for (let at = 0; at <= line.length;) {
    const field = fieldAt(line, at, separator ?? '');
    if (!(separator === ' ' && field.end === at)) fields.push(line.slice(at, field.end));
    at = field.end + 1;
    isClosed = field.isClosed;
  }
  return { fields, isClosed };
}

const bare = (text: string) => text.replace(/^[ \t\r"]+/, '').replace(/[ \t\r"]+$/, '');

describe('fields in quotes', () => {
  it.each([
    ['a,"b,c",d', ['a', 'b,c', 'd']],
    ['"a ""b"" c",', ['a "b" c', '']],
    [' "a,b" ,c', ['a,b', 'c']],
    ['5" wide,6" high', ['5" wide', '6" high']],
    ['"a"b,c', ['ab', 'c']],
    ['"",""', ['', '']],
  ])('of %j are %j, in a line of numbers as in a table of texts', (line, fields) => {
    expect(splitFields(line, ',')).toEqual(fields);
    const [row] = rowsOf(line, 'x').rows;
    expect(row!.fields.map((field) => field.trim())).toEqual(fields);
  });

  it('between spaces are one of what is quoted', () => {
    expect(splitFields(' "2020-01-01 00:00"  5 ', ' ')).toEqual(['2020-01-01 00:00', '5']);
  });

  it.each([...SEPARATORS, null])('between %j are found in bytes where they are in text', (separator) => {
    const part = fc.constantFrom('a', '1', ' ', '"', '""', '"x"', 'é', ';', '\r', separator ?? ',');
    const property = fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const line = parts.join('').replace(/\r$/, '');
      const { fields, isClosed } = written(line, separator);
      const found = isClosed ? fields.map(bare) : 'a quote that is not closed in its line';
      if (fields.length === 0) return; // a blank line
      for (const end of ['', '\r']) expect(foundIn(line + end, separator, fields.length)).toEqual(found);
      expect(splitFields(line, separator)).toHaveLength(fields.length);
    });
    fc.assert(property, { seed: 20, numRuns: 2000 });
  });
});
