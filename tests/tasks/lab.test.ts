/** The lab: its statements on gradients are measured, and the page says the same as the terminal. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cells, createKernels, type Kernels, type Model } from '../../models/index.js';
import { labCommand } from '../../tasks/lab/lab.js';
import { explodingGradients } from '../../tasks/lab/explodingGradients.js';
import { gradientFlow } from '../../tasks/lab/gradientFlow.js';
import { initialization, setForgetBias, setSpectralRadius } from '../../tasks/lab/initialization.js';
import { terminalChart } from '../../tasks/lab/terminalChart.js';
import { SERIES } from '../../tasks/common/colors.js';
import { addingModel } from '../../tasks/common/addingProblem.js';
import { entries } from '../tensors.js';
import { runHere, temporaryDirectory } from './run.js';

let directory: ReturnType<typeof temporaryDirectory>;
let kernels: Kernels;
beforeAll(async () => {
  directory = temporaryDirectory();
  kernels = await createKernels({ threads: 1 });
});
afterAll(async () => {
  directory.remove();
  await kernels.close();
});

const SETTINGS = { steps: 100, epochs: 1, seed: 1 };
const parameter = (model: Model, name: string) =>
  entries(model.parameters.list.find((one) => one.name === name)!.value);

describe('npm start -- lab', () => {
  it('prints every experiment, writes its numbers, and draws a page', async () => {
    const line = '--steps 10 --epochs 1 --seed 1 --json lab.json --report page';
    const { stdout, refusal } = await runHere(directory.path, labCommand(), line.split(' '));
    expect(refusal).toBeNull();
    const page = readFileSync(join(directory.path, 'page', 'lab.html'), 'utf8');
    for (const heading of [
      'What the initial values decide',
      'Which cell remembers',
      'Exploding gradients',
      'Gates over a sentence',
    ]) {
      expect(stdout).toContain(heading.toUpperCase());
      expect(page).toContain(heading);
    }
    const { experiments } = JSON.parse(readFileSync(join(directory.path, 'lab.json'), 'utf8')) as {
      experiments: Record<
        string,
        { final: Record<string, number>; charts: { series: { name: string; cell?: string }[] }[] }
      >;
    };
    expect(Object.keys(experiments)).toEqual(['starts', 'remembering', 'exploding', 'openings']);
    for (const name of Object.keys(cells)) {
      expect(experiments.remembering!.final[`${name}.error`]).toBeLessThan(1);
      expect(experiments.remembering!.final[`${name}.h.after`]).toBeGreaterThan(0);
    }
    const openings = Object.values(experiments.openings!.final);
    expect(openings.every((value) => value > 0.2 && value < 0.95)).toBe(true);
    expect(experiments.openings!.charts).toHaveLength(2 * (Object.keys(cells).length - 1));
    const colors = Object.keys(SERIES).length;
    for (const { series } of Object.values(experiments).flatMap(({ charts }) => charts)) {
      const looks = series.map(({ cell }, n) => cell ?? n % colors);
      expect(new Set(looks).size).toBe(series.length);
    }
    for (const { series } of experiments.remembering!.charts)
      expect(series.map(({ cell }) => cell)).toEqual(series.map(({ name }) => name));
  });

  it.each([
    ['--steps 5', /Give at least 10/],
    ['--steps 1001', /Give at most 1000/],
    ['--json nowhere/lab.json', /cannot write nowhere/],
    ['--json page/lab.html --report page', /--json and --report name the same file/],
  ])('refuses %s', async (line, message) => {
    const { refusal } = await runHere(directory.path, labCommand(), line.split(' '));
    expect(refusal).toMatch(message);
    expect(existsSync(join(directory.path, 'nowhere'))).toBe(false);
  });
});

describe('an initial value', () => {
  it('with a spectral radius: W is that multiple of an orthogonal matrix', () => {
    const model = addingModel(kernels, 'rnn', 1);
    setSpectralRadius(model, 1.5);
    const W = parameter(model, 'rnn.W');
    const H = Math.sqrt(W.length);
    const product = (i: number, j: number) =>
      Array.from({ length: H }, (_, k) => W[i * H + k]! * W[j * H + k]!).reduce((a, b) => a + b);
    expect(product(0, 0)).toBeCloseTo(2.25, 4);
    expect(product(0, 1)).toBeCloseTo(0, 4);
  });

  it('with a forget bias: the other biases stay 0', () => {
    const model = addingModel(kernels, 'lstm', 1);
    setForgetBias(model, 5);
    const b = parameter(model, 'lstm.b');
    const H = b.length / 4;
    expect(b).toEqual(b.map((_, n) => (n >= H && n < 2 * H ? 5 : 0)));
  });

  it('decides how much gradient arrives 90 steps before the loss', () => {
    const { final } = initialization(kernels, SETTINGS);
    expect(final.forgetBias0).toBeLessThan(1e-15);
    expect(final.forgetBias1).toBeLessThan(1e-5);
    expect(final.forgetBias3).toBeGreaterThan(0.1);
    expect(final.forgetBias5).toBeGreaterThan(0.1);
    expect(final['radius0.5']).toBeLessThan(1e-25);
    expect(final['radius0.9']).toBeLessThan(1e-3);
    expect(final.radius1).toBeGreaterThan(1e-3);
    expect(final['radius1.5']).toBeGreaterThan(10);
  });
});

describe('the flow of a gradient', () => {
  it.each(Object.keys(cells) as (keyof typeof cells)[])(
    'of %s equals the trace, from the loss backwards',
    (cell) => {
      const flow = gradientFlow(addingModel(kernels, cell, 1), { steps: 20, seed: 1 });
      expect(Object.keys(flow)).toEqual([...cells[cell].states]);
      for (const norms of Object.values(flow)) expect(norms).toHaveLength(20);
      expect(flow.h![0]).toBeGreaterThan(flow.h![19]!);
    },
  );
});

describe('an exploding gradient', () => {
  it('breaks training unless it is clipped', () => {
    const { final } = explodingGradients(kernels, SETTINGS);
    expect(final['plain.steps']).toBeLessThan(500);
    expect(final['plain.largestLoss']).toBeGreaterThan(1e6);
    expect(final['clipped.largestNorm']).toBeGreaterThan(1000);
    expect(final['clipped.loss']).toBeLessThan(0.3);
  });
});

describe('a chart in the terminal', () => {
  const series = (name: string, values: readonly number[]) => ({
    name,
    points: values.map((value, n) => [n, value] as const),
  });

  it('shows powers of ten, and a legend of the symbols', () => {
    const chart = { kind: 'lineChart', title: 'Norms', x: 'steps', y: 'norm', logarithmic: true } as const;
    const lines = terminalChart({ ...chart, series: [series('a', [1, 1e-3, 1e-6]), series('b', [1, 1, 0])] });
    expect(lines.slice(0, 2)).toEqual(['Norms: norm, by steps', '● a   ○ b']);
    expect(lines[3]).toMatch(/^\s*1e\+0┤○/);
    expect(lines.at(-3)).toMatch(/^\s*1e-6┤ +●+$/);
    expect(lines.at(-1)).toMatch(/^ +0 +2$/);
  });

  it('keeps symbols with their names where the terminal is narrow', () => {
    const names = ['forget bias 0', 'forget bias 1', 'forget bias 3'];
    const chart = { kind: 'lineChart', title: 'Norms', x: 'steps', y: 'norm' } as const;
    const { isTTY, columns } = process.stdout;
    Object.assign(process.stdout, { isTTY: true, columns: 40 });
    try {
      const lines = terminalChart({ ...chart, series: names.map((name) => series(name, [1, 2])) });
      expect(lines.slice(1, 3)).toEqual(['● forget bias 0   ○ forget bias 1', '■ forget bias 3']);
    } finally {
      Object.assign(process.stdout, { isTTY, columns });
    }
  });

  it('says so if there is nothing to draw', () => {
    const nothing = {
      kind: 'lineChart',
      title: 'Norms',
      x: 'steps',
      y: 'norm',
      series: [series('a', [NaN])],
    } as const;
    expect(terminalChart(nothing)).toEqual(['Norms: nothing to draw']);
  });
});
