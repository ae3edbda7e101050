/** A small chart of the losses so far, at the bottom of the terminal, redrawn after each epoch. */
import { clearScreenDown, moveCursor } from 'node:readline';
import { plot, type Point } from 'simple-ascii-chart';

export interface LossChart {
  /**
   * After an epoch: erases the old chart, lets `print` write its lines, and draws the new chart below them.
   * The progress line must have ended. Between two calls, only progress may be printed.
   * @param training   the loss of each epoch so far
   * @param validation the held-out loss of each epoch so far; empty if nothing is held out
   */
  epoch(print: () => void, training: readonly number[], validation?: readonly number[]): void;
}

/** The members of a terminal that are used. */
export type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows' | 'hasColors' | 'write'>;

const HEIGHT = 8;
const WIDEST = 60;
/** Width of the axis and its labels. */
const MARGIN = 16;
/** In a smaller terminal, a curve has no room, or the chart scrolls off before it can be erased. */
const [LEAST_COLUMNS, LEAST_ROWS] = [40, 20];

const TRAINING = { name: 'training', symbol: '●', color: '34' };
const VALIDATION = { name: 'validation', symbol: '○', color: '33' };

/** A chart on stderr, like the progress; none if stderr is not a terminal, or too small a one. */
export function createLossChart(terminal: Terminal = process.stderr): LossChart {
  /** Lines of the chart now on screen. */
  let height = 0;

  return {
    epoch(print, training, validation = []) {
      if (height > 0) {
        moveCursor(terminal as NodeJS.WriteStream, 0, -height);
        clearScreenDown(terminal as NodeJS.WriteStream);
      }
      print();
      const lines = canDraw(terminal) && training.length > 1 ? draw(training, validation, terminal) : [];
      height = lines.length;
      terminal.write(lines.map((line) => `${line}\n`).join(''));
    },
  };
}

function canDraw({ isTTY, columns, rows }: Terminal): boolean {
  return isTTY && process.env.TERM !== 'dumb' && columns >= LEAST_COLUMNS && rows >= LEAST_ROWS;
}

/** A legend, then the chart. */
function draw(training: readonly number[], validation: readonly number[], terminal: Terminal): string[] {
  const paint = ({ symbol, color }: typeof TRAINING) =>
    // Respects NO_COLOR and what the terminal supports.
    terminal.hasColors() ? `\u001b[${color}m${symbol}\u001b[0m` : symbol;
  const series = [
    { style: TRAINING, points: toPoints(training) },
    { style: VALIDATION, points: toPoints(validation) },
  ].filter(({ points }) => points.length > 0);
  const losses = series.flatMap(({ points }) => points.map(([, loss]) => loss));

  const chart = plot(
    series.map(({ points }) => points),
    {
      width: Math.min(WIDEST, terminal.columns - MARGIN),
      height: HEIGHT,
      customXAxisTicks: [1, training.length],
      customYAxisTicks: [Math.min(...losses), Math.max(...losses)],
      formatter: (value, { axis }) => (axis === 'x' ? value : value.toPrecision(4)),
      lineFormatter: ({ x, y, plotX, plotY }) => ({
        x: plotX,
        y: plotY,
        symbol: paint(training[x - 1] === y ? TRAINING : VALIDATION),
      }),
    },
  );
  const legend = series.map(({ style }) => `${paint(style)} ${style.name}`).join('  ');
  const lines = chart.split('\n').map((line) => line.trimEnd());
  return [`loss by epoch: ${legend}`, ...lines.filter((line) => line !== '')];
}

const toPoints = (losses: readonly number[]): Point[] =>
  losses.map((loss, n): Point => [n + 1, loss]).filter(([, loss]) => Number.isFinite(loss));
