/** Every number on the page: its line of code, its trace and its finite difference, for every cell. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { cells, referenceKernels, trace, unroll, type Cell } from '../../../models/index.js';
import { characterModel } from '../../../tasks/alice/model.js';
import { originOfLast, originsOf } from '../../../tasks/playground/equations/index.js';
import { createCheck } from '../../../tasks/playground/worker/check.js';
import { createLook, fillWindow, namesOf } from '../../../tasks/playground/worker/look.js';

const [UNITS, STEPS, VOCABULARY, TEXT] = [5, 4, [...' abc'], 'ab ca'] as const;
const settings = {
  ...{ units: UNITS, layers: 1, seqlen: STEPS, lr: 1, clip: null, validation: 0, batch: 1, seed: 3 },
};
const allCells: Cell[] = Object.values(cells);
const source = (file: string) => readFileSync(file, 'utf8');

describe.each(allCells)('the numbers of $name', (cell) => {
  const name = cell.name as keyof typeof cells;
  const make = (kernels = referenceKernels(Float32Array) as never) =>
    characterModel(kernels, { ...settings, cell: name }, VOCABULARY.length);
  const model = make();
  const look = createLook(model, cell, VOCABULARY, STEPS)(TEXT);
  const { forward, backward } = namesOf(cell);
  const all = [...forward, ...backward];

  it('have lines of code and equations that are where the page says', () => {
    const origins = originsOf(cell, (file) => source(`cells/${file}`));
    expect(Object.keys(origins).sort()).toEqual([...all].sort());
    for (const { file, line, code, label, equation } of Object.values(origins)) {
      expect(source(file).split('\n')[line - 1]).toContain(code);
      expect(code.length).toBeGreaterThan(5);
      const written = source(`cells/${cell.name}.ts`).replace(/ {2,}/g, ' ');
      expect(written).toContain(equation);
      expect(written).toMatch(new RegExp(`^ \\* ${label} `, 'm'));
    }
  });

  it('are those of trace()', () => {
    const graph = unroll(model, { batch: 1, steps: STEPS, loss: 'softmaxCrossEntropy' });
    fillWindow(graph, TEXT, VOCABULARY);
    const loss = graph.forward();
    graph.backward();
    const { gates, states, gradients } = trace(graph)[cell.name]!;
    expect(look.loss).toBe(loss / Math.LN2);
    for (const [gate, { data }] of Object.entries(gates))
      if (!(gate in states)) expect(look.numbers[gate]).toEqual(data);
    for (const [state, { data }] of Object.entries(states)) {
      expect(look.numbers[state]).toEqual(data);
      expect(look.numbers[`d${state}`]).toEqual(gradients![state]!.data);
    }
  });

  it('agree with finite differences, each of them', () => {
    const check = createCheck(model, cell, make as never, VOCABULARY, STEPS);
    for (const number of all)
      for (let t = 0; t < STEPS; t++)
        for (let unit = 0; unit < UNITS; unit++) {
          const { error, here, analytic } = check(look, { name: number, t, unit });
          expect(error).toBeLessThan(1e-6);
          expect(here).toBeCloseTo(analytic, 5);
        }
  });

  it('are checked by a test that can fail: a wrong gradient has an error', () => {
    const check = createCheck(model, cell, make as never, VOCABULARY, STEPS);
    const { numeric } = check(look, { name: 'dh', t: STEPS - 1, unit: 0 });
    expect(Math.abs(numeric)).toBeGreaterThan(1e-4);
  });
});

it('dh of the last step comes from the output layer', () => {
  const { file, line, code, label } = originOfLast(source('models/layers/dense.ts'));
  expect(source(file).split('\n')[line - 1]).toContain(code);
  expect(label).toBe('B6');
});
