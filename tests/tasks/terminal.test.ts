/** What the programs print fits the terminal, and names typed wrong are understood. */
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { printTable } from '../../tasks/common/printTable.js';
import { progressLine } from '../../tasks/common/progress.js';
import { columns, fitLine } from '../../tasks/common/say.js';
import { similarTo } from '../../tasks/common/similar.js';
import { runTask, temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
afterAll(() => directory.remove());

const WIDTHS = [60, 80, 100, 200];

describe('fitLine(line, width)', () => {
  it.each([
    ['short', 'short'],
    ['kernels  one two three four', 'kernels  one two\n         three\n         four'],
    ['   0.793  drawn at random', '   0.793  drawn\n   at random'],
    ['Row i is data and its label', 'Row i is data and\nits label'],
    ['averyveryverylongwordindeed', 'averyveryverylongwordindeed'],
    [`sha256 ${'0123456789abcdef'.repeat(4)}`, 'sha256\n0123456789abcdef...'],
  ])('%s', (line, fitted) => {
    expect(fitLine(line, 17)).toBe(fitted);
  });

  it('leaves lines as they are when the output is no terminal', () => {
    expect(columns({ isTTY: true, columns: 72 })).toBe(72);
    expect(columns({ columns: 72 })).toBe(Infinity);
    const line = 'word '.repeat(100);
    expect(fitLine(line, Infinity)).toBe(line);
  });
});

describe('the progress line', () => {
  const values = {
    ...{ epoch: '12/25', step: '1113/1113', loss: '2.3449' },
    ...{ speed: '1,302,123', unit: 'characters', left: '12 min 20 s' },
  };

  it.each(WIDTHS)('ends with the time left, in %i columns', (width) => {
    for (const share of [0, 0.5, 1]) {
      const line = progressLine(share, values, width);
      expect(line.length).toBeLessThan(width);
      expect(line).toMatch(/^epoch 12\/25 [█░]{5,20}.* · loss 2\.3449 .*12 min 20 s left$/);
    }
  });

  it('shows everything where there is room', () => {
    expect(progressLine(0.5, values, 200)).toBe(
      `epoch 12/25 ${'█'.repeat(10)}${'░'.repeat(10)} 1113/1113 · loss 2.3449 · 1,302,123 characters/s · 12 min 20 s left`,
    );
  });
});

describe('a table', () => {
  const rows = [
    ['linear, last day and same hours of last week', '15', '0.00150', '0.0387'],
    ['forecaster', '15', '0.00150', '0.0387'],
  ];
  const draw = (width: number) => {
    const print = jest.spyOn(console, 'log').mockImplementation(() => {});
    try {
      printTable({ head: ['', 'minutes ahead', 'MSE', 'RMSE in kW'], rows }, width);
      return print.mock.calls.map(([text]) => String(text)).join('\n');
    } finally {
      print.mockRestore();
    }
  };

  it.each([40, ...WIDTHS])('fits %i columns, and no word is cut', (width) => {
    const drawn = draw(width);
    for (const line of drawn.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    for (const word of [...rows.flat(), 'minutes ahead'].flatMap((cell) => cell.split(' ')))
      expect(drawn).toContain(word);
  });

  it('has a line for each row where there is room', () => {
    expect(draw(Infinity).split('\n')).toHaveLength(1 + rows.length);
  });
});

describe('the command line', () => {
  it.each([
    ['alcie', 'alice'],
    ['sentimant', 'sentiment'],
    ['po', 'pos'],
    ['x', null],
    ['keras', null],
  ])('takes %s for %s', (typed, meant) => {
    expect(similarTo(typed, ['alice', 'sentiment', 'pos', 'lab'])).toBe(meant);
  });

  it.each([
    [['alcie'], 1, '', "error: there is no task 'alcie'; did you mean alice?\n"],
    [
      ['help', 'foo'],
      1,
      '',
      expect.stringMatching(/^error: there is no task 'foo'; the tasks are: alice, .*\n$/),
    ],
    [['--version'], 0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/), ''],
    [['help', 'pos'], 0, expect.stringMatching(/^Usage: npm start -- pos /), ''],
  ])('%j', async (args, status, stdout, stderr) => {
    expect(await runTask(directory.path, args)).toEqual({ status, stdout, stderr });
  });
});
