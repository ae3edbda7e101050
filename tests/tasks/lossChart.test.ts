import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLossChart, type Terminal } from '../../tasks/common/lossChart.js';

/** Terminals that record their output. */
function createTerminal(properties: Partial<Terminal> = {}) {
  let written = '';
  const write = (text: string) => {
    written += text;
    return true;
  };
  const terminal = { isTTY: true, columns: 80, rows: 24, hasColors: () => false, ...properties, write };
  const take = () => {
    const taken = written;
    written = '';
    return taken;
  };
  return { terminal: terminal, take };
}

const print = () => {};
const FALLING = [2.5, 2.1, 1.9, 1.8];
const RISING = [2.6, 2.4, 2.45, 2.7];

describe('the loss chart', () => {
  const { TERM } = process.env;
  beforeEach(() => void (process.env.TERM = 'xterm'));
  afterEach(() => void (TERM === undefined ? delete process.env.TERM : (process.env.TERM = TERM)));

  it('shows the losses from the first to the last epoch, between the smallest and the largest', () => {
    const { terminal, take } = createTerminal();
    createLossChart(terminal).epoch(print, FALLING, RISING);
    const drawn = take();
    expect(drawn).toMatch(/^loss by epoch: ● training {2}○ validation\n/);
    expect(drawn).toMatch(/^2.700┤.*○$/m);
    expect(drawn).toMatch(/^1.800┤.*●$/m);
    expect(drawn).toMatch(/^ +1 +4\n$/m);
    expect([...drawn].filter((one) => one === '●')).toHaveLength(1 + 4);
  });

  it('is erased before the next lines are printed, and drawn again below them', () => {
    const { terminal, take } = createTerminal();
    const chart = createLossChart(terminal);
    chart.epoch(print, FALLING.slice(0, 3));
    const height = take().split('\n').length - 1;
    chart.epoch(() => terminal.write('epoch 4'), FALLING);
    expect(take().startsWith(`\u001b[${height}A\u001b[0Jepoch 4loss by epoch`)).toBe(true);
  });

  it('waits for the second epoch', () => {
    const { terminal, take } = createTerminal();
    createLossChart(terminal).epoch(print, [2.5]);
    expect(take()).toBe('');
  });

  it.each([
    ['is not a terminal', { isTTY: false }],
    ['is too narrow', { columns: 39 }],
    ['is too low', { rows: 15 }],
  ])('is not drawn if the output %s, but the lines are printed', (_, properties) => {
    const { terminal, take } = createTerminal(properties);
    let printed = 0;
    createLossChart(terminal).epoch(() => printed++, FALLING);
    expect(take()).toBe('');
    expect(printed).toBe(1);
  });

  it('is not drawn if the cursor cannot be moved', () => {
    process.env.TERM = 'dumb';
    const { terminal, take } = createTerminal();
    createLossChart(terminal).epoch(print, FALLING);
    expect(take()).toBe('');
  });

  it('has colours if the terminal does and NO_COLOR is not set', () => {
    const { terminal, take } = createTerminal({ hasColors: () => true });
    createLossChart(terminal).epoch(print, FALLING);
    expect(take()).toContain('\u001b[34m●\u001b[0m training');
  });

  it.each([40, 60, 80, 200])('fits into %d columns', (columns) => {
    const { terminal, take } = createTerminal({ columns });
    createLossChart(terminal).epoch(print, [0.00012345, 0.00012, 123456789]);
    for (const line of take().split('\n')) expect(line.length).toBeLessThan(columns);
  });
});
