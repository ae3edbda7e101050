import { describe, expect, it } from '@jest/globals';
import type { LineChart, Series } from '../../tasks/report/index.js';
import { all, show, texts } from './pages.js';

const chart = (...series: Series[]): LineChart => ({
  kind: 'lineChart',
  title: 'Loss',
  x: 'epoch',
  y: 'nats',
  series,
});
const series = (name: string, values: readonly number[]): Series => ({
  name,
  points: values.map((value, n) => [n + 1, value]),
});
const lines = (page: ReturnType<typeof show>) =>
  all(page, '.chart [aria-label=line] path').map((path) => path.getAttribute('d')!);

describe('a line chart', () => {
  it('draws each of a thousand points, to a tenth of a pixel', () => {
    const values = Array.from({ length: 1000 }, (_, n) => Math.sin(n / 30));
    const [path] = lines(show(chart(series('load', values))));
    expect(path!.match(/[ML]/g)).toHaveLength(1000);
    expect(path).not.toMatch(/\.\d\d/);
  });

  it('leaves a gap for a missing or infinite value', () => {
    const [path] = lines(show(chart(series('loss', [1, 2, NaN, 3, 4, Infinity, 5, 6]))));
    expect(path!.match(/M/g)).toHaveLength(3);
  });

  it('has a legend that shows the line of each series, if there are several', () => {
    const two = show(chart(series('training', [3, 2]), series('validation', [4, 3])));
    expect(texts(two, '.legend span')).toEqual(['training', 'validation']);
    expect(all(two, '.legend svg')).toHaveLength(2);
    expect(all(show(chart(series('training', [3, 2]))), '.legend')).toEqual([]);
  });

  it('distinguishes series by colour, symbol and dashes', () => {
    const dashed = (name: string) => ({ ...series(name, [1, 2]), dashed: true });
    const page = show(chart(series('a', [3, 2]), series('b', [1, 5]), dashed('c'), dashed('d')));
    const attributes = (selector: string, name: string) =>
      new Set(all(page, selector).map((element) => element.getAttribute(name)));
    expect(attributes('.chart [aria-label=line]', 'stroke').size).toBe(4);
    expect(attributes('.chart [aria-label=dot] path', 'd').size).toBe(3);
    expect(all(page, '.chart [aria-label=dot] circle')).toHaveLength(2);
    expect(attributes('.chart [aria-label=line]', 'stroke-dasharray').size).toBe(3);
  });

  it('has a colour for each of six series', () => {
    const page = show(chart(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => series(name, [1, 2]))));
    const strokes = all(page, '.chart [aria-label=line]').map((line) => line.getAttribute('stroke'));
    expect(new Set(strokes).size).toBe(strokes.length);
  });

  it('draws the first series on top, and dashed ones, which hide little, above all solid ones', () => {
    const dashed = { ...series('third', [2, 2]), dashed: true };
    const page = show(chart(series('first', [3, 2]), dashed, series('second', [1, 5])));
    const colors = all(page, '.chart [aria-label=line]').map((line) => line.getAttribute('stroke'));
    expect(colors).toEqual(['var(--series-3)', 'var(--series-1)', 'var(--series-2)']);
  });

  it('has whole ticks for a few epochs', () => {
    const ticks = (epochs: number) =>
      texts(
        show(
          chart(
            series(
              'loss',
              Array.from({ length: epochs }, (_, n) => 1 / (n + 1)),
            ),
          ),
        ),
        '[aria-label="x-axis tick label"] text',
      );
    expect(ticks(1)).toEqual(['1']);
    expect(ticks(3)).toEqual(['1', '2', '3']);
    expect(ticks(25).every((tick) => /^\d+$/.test(tick))).toBe(true);
  });

  it('shows days in UTC if x is a date', () => {
    const points = Array.from(
      { length: 96 },
      (_, n) => [new Date(Date.UTC(2014, 11, 30, n / 2)), n] as const,
    );
    const page = show(chart({ name: 'load', points }));
    expect(texts(page, '[aria-label="x-axis tick label"] text').join()).toContain('Dec 30');
  });

  it('has an axis even if all values are the same', () => {
    const page = show(chart(series('loss', [2.3, 2.3])));
    expect(texts(page, '[aria-label="y-axis tick label"] text')).toContain('2.5');
  });

  it('has powers of ten on a logarithmic axis, and a gap for a value without a logarithm', () => {
    const norms = [1, 1e-8, 0, 1e-16, 1e-24];
    const page = show({ ...chart(series('norm', norms)), logarithmic: true });
    expect(texts(page, '[aria-label="y-axis tick label"] text')).toEqual(
      expect.arrayContaining(['1', '1e-20']),
    );
    const heights = lines(page)[0]!
      .match(/[\d.]+(?=[ML]|$)/g)!
      .map(Number);
    expect(heights).toHaveLength(4);
    expect(heights[1]! - heights[0]!).toBeCloseTo(heights[3]! - heights[2]!, 0);
    expect(lines(page)[0]!.match(/M/g)).toHaveLength(2);
  });

  it('says so if there is nothing to draw', () => {
    const page = show(chart(series('loss', [NaN])));
    expect(texts(page, 'section p')).toEqual(['Loss: nothing to draw yet.']);
    expect(all(page, 'svg')).toEqual([]);
  });
});

describe('a confusion table', () => {
  const labels = Array.from({ length: 46 }, (_, n) => `T${n}`);
  // Each label is mistaken for the next, later ones more often; each has 100 right predictions.
  const counts = labels.map((_, t) => labels.map((_, p) => (p === t ? 100 : p === (t + 1) % 46 ? t : 0)));
  const page = show({ kind: 'confusion', title: 'Tags', unit: 'words', labels, counts });
  const numbers = texts(page, 'figure [aria-label=text] text');

  it('shows the twelve most confused labels, and sums the others in one column', () => {
    const shown = texts(page, '[aria-label="y-axis tick label"] text');
    expect(shown).toHaveLength(12);
    expect(shown[0]).toBe('T45');
    expect(texts(page, '[aria-label="x-axis tick label"] text').at(-1)).toBe('others');
  });

  it('shows all numbers of its rows', () => {
    const shown = texts(page, '[aria-label="y-axis tick label"] text').map((label) => +label.slice(1));
    const expected = shown.reduce((sum, t) => sum + 100 + t, 0);
    expect(numbers.reduce((sum, number) => sum + +number, 0)).toBe(expected);
  });

  it('lists the worst pairs with their share', () => {
    const cells = texts(page, 'td');
    expect(cells.slice(0, 4)).toEqual(['T45', 'T0', '45', '31.0%']);
    expect(cells).toHaveLength(12 * 4);
  });

  it('has no column for others if all labels are shown, and says that there are no mistakes', () => {
    const perfect = { kind: 'confusion', title: 'Good', unit: 'words', labels: ['yes', 'no'] } as const;
    const page = show({ ...perfect, counts: [new Int32Array([3, 0]), new Int32Array([0, 0])] });
    expect(texts(page, '[aria-label="x-axis tick label"] text')).toEqual(['yes', 'no']);
    expect(texts(page, 'section > p')).toEqual(['There are no mistakes.']);
  });
});
