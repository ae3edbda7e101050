import { describe, expect, it } from '@jest/globals';
import type { LineChart, Series } from '../../tasks/report/index.js';
import { CELLS } from '../../tasks/common/colors.js';
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
  all(page, '.if-wide .line path').map((path) => path.getAttribute('d')!);

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

  it('shades the band of a series, and has room for it', () => {
    const forecast = { ...series('forecast', [3, 2]), band: [[2, 4] as const, [-90, 95] as const] };
    const page = show(chart(forecast, series('reading', [1, 2])));
    const areas = all(page, '.if-wide .area');
    expect(areas.map((area) => area.getAttribute('fill'))).toEqual(['var(--series-1)']);
    const [path] = all(page, '.if-wide .area path').map((one) => one.getAttribute('d')!);
    const heights = path!.match(/,-?[\d.]+/g)!.map((height) => Number(height.slice(1)));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...heights)).toBeLessThanOrEqual(310);
  });

  it('distinguishes series by colour, symbol and dashes', () => {
    const dashed = (name: string) => ({ ...series(name, [1, 2]), dashed: true });
    const page = show(chart(series('a', [3, 2]), series('b', [1, 5]), dashed('c'), dashed('d')));
    const attributes = (selector: string, name: string) =>
      new Set(all(page, selector).map((element) => element.getAttribute(name)));
    expect(attributes('.if-wide .line', 'stroke').size).toBe(4);
    expect(attributes('.if-wide .dot path', 'd').size).toBe(3);
    expect(all(page, '.if-wide .dot circle')).toHaveLength(2);
    expect(attributes('.if-wide .line', 'stroke-dasharray').size).toBe(3);
  });

  it('has a colour for each of six series', () => {
    const page = show(chart(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => series(name, [1, 2]))));
    const strokes = all(page, '.if-wide .line').map((line) => line.getAttribute('stroke'));
    expect(new Set(strokes).size).toBe(strokes.length);
  });

  it('gives a cell its colour, symbol and dashes, whatever its place', () => {
    const cells = ['gru', 'lstmPeephole'] as const;
    const looks = (order: readonly (keyof typeof CELLS)[]) => {
      const page = show(chart(...order.map((cell) => ({ ...series(cell, [1, 2]), cell }))));
      const swatches = all(page, '.legend svg');
      return Object.fromEntries(order.map((cell, n) => [cell, swatches[n]!.outerHTML]));
    };
    const { gru, lstmPeephole } = looks(cells);
    expect(looks([...cells].reverse())).toEqual({ gru, lstmPeephole });
    expect(gru).toContain('stroke="var(--cell-gru)"');
    expect(gru).not.toContain('stroke-dasharray');
    expect(lstmPeephole).toContain(`stroke-dasharray="${CELLS.lstmPeephole.dashes}"`);
  });

  it('marks some of many points, so that a symbol tells lines apart that colours do not', () => {
    const marks = (points: number) =>
      all(show(chart(series('loss', new Array<number>(points).fill(1)))), '.if-wide .dot circle').length;
    expect([40, 41, 100, 150, 151].map(marks)).toEqual([40, 21, 34, 38, 0]);
  });

  it('is drawn again for narrow screens, with fewer ticks and symbols', () => {
    const values = Array.from({ length: 30 }, (_, n) => 1 / (n + 1));
    const page = show(chart(series('loss', values)));
    const widths = all(page, '.chart svg').map((svg) => svg.getAttribute('width'));
    expect(widths).toEqual(['760', '340']);
    expect(all(page, '.if-narrow .dot circle')).toHaveLength(15);
    expect(all(page, '.if-narrow .x-axis.tick.label text').length).toBeLessThan(8);
  });

  it('draws the first series on top, and dashed ones, which hide little, above all solid ones', () => {
    const dashed = { ...series('third', [2, 2]), dashed: true };
    const page = show(chart(series('first', [3, 2]), dashed, series('second', [1, 5])));
    const colors = all(page, '.if-wide .line').map((line) => line.getAttribute('stroke'));
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
        '.if-wide .x-axis.tick.label text',
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
    expect(texts(page, '.if-wide .x-axis.tick.label text').join()).toContain('Dec 30');
  });

  it('has an axis even if all values are the same', () => {
    const page = show(chart(series('loss', [2.3, 2.3])));
    expect(texts(page, '.if-wide .y-axis.tick.label text')).toContain('2.5');
  });

  it('has powers of ten on a logarithmic axis, and a gap for a value without a logarithm', () => {
    const norms = [1, 1e-8, 0, 1e-16, 1e-24];
    const page = show({ ...chart(series('norm', norms)), logarithmic: true });
    expect(texts(page, '.if-wide .y-axis.tick.label text')).toEqual(expect.arrayContaining(['1', '1e-20']));
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
  const numbers = texts(page, 'figure .if-wide .text text');

  it('shows the twelve most confused labels, and sums the others in one column', () => {
    const shown = texts(page, '.if-wide .y-axis.tick.label text');
    expect(shown).toHaveLength(12);
    expect(shown[0]).toBe('T45');
    expect(texts(page, '.if-wide .x-axis.tick.label text').at(-1)).toBe('others');
  });

  it('shows all numbers of its rows', () => {
    const shown = texts(page, '.if-wide .y-axis.tick.label text').map((label) => +label.slice(1));
    const expected = shown.reduce((sum, t) => sum + 100 + t, 0);
    expect(numbers.reduce((sum, number) => sum + +number, 0)).toBe(expected);
  });

  it('shows six of them on narrow screens, and says so', () => {
    expect(texts(page, '.if-narrow .y-axis.tick.label text')).toHaveLength(6);
    expect(texts(page, '.key .if-wide')).toEqual([', for the 12 of 46 that are confused most']);
    expect(texts(page, '.key .if-narrow')).toEqual([', for the 6 of 46 that are confused most']);
    const widths = all(page, '.chart svg').map((svg) => Number(svg.getAttribute('width')));
    expect(widths[0]).toBeLessThanOrEqual(760);
    expect(widths[1]).toBeLessThanOrEqual(340);
  });

  it('lists the worst pairs with their share', () => {
    const cells = texts(page, 'td');
    expect(cells.slice(0, 4)).toEqual(['T45', 'T0', '45', '31.0%']);
    expect(cells).toHaveLength(12 * 4);
  });

  it('has no column for others if all labels are shown, and says that there are no mistakes', () => {
    const perfect = { kind: 'confusion', title: 'Good', unit: 'words', labels: ['yes', 'no'] } as const;
    const page = show({ ...perfect, counts: [new Int32Array([3, 0]), new Int32Array([0, 0])] });
    expect(texts(page, '.if-wide .x-axis.tick.label text')).toEqual(['yes', 'no']);
    expect(texts(page, 'section > p')).toEqual(['There are no mistakes.']);
  });
});
