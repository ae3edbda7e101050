/** The cell of docs/your-own-cell.md passes the same gradient checks as those of the library. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Cell } from '../../models/index.js';
import { SMALL_CONFIGURATIONS } from '../gradcheck/configurations.js';
import { measureCell } from '../gradcheck/gradients.js';
import { BAR, isWorse } from '../gradcheck/measured.js';
import { parsePage } from './page.js';

const directory = mkdtempSync(join(tmpdir(), 'unrolled-cell-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let mgu: Cell;
beforeAll(async () => {
  const path = fileURLToPath(new URL('../../../docs/your-own-cell.md', import.meta.url));
  const [cell] = parsePage(path, readFileSync(path, 'utf8')).blocks.filter(
    ({ language }) => language === 'ts',
  );
  const library = new URL('../../models/index.js', import.meta.url).href;
  const { outputText } = ts.transpileModule(`${cell!.text}\nexport { mgu };`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const file = join(directory, 'mgu.mjs');
  writeFileSync(file, outputText.replaceAll("'unrolled'", `'${library}'`));
  ({ mgu } = (await import(file)) as { mgu: Cell });
});

it.each(SMALL_CONFIGURATIONS)('its gradients agree with finite differences: $name', (configuration) => {
  expect(measureCell(mgu, configuration).filter(({ error }) => isWorse(error, BAR))).toEqual([]);
});
