/**
 * The colours of all pages and pictures, light and dark: reports, the playground and its lab, the bench and
 * its chart. Text has a contrast of 4.5 to what it stands on, and lines of one chart are told apart with any
 * kind of colour vision (tests/tasks/colors.test.ts).
 */
import type { CELL_NAMES } from '../../cells/names.js';

export interface Color {
  readonly light: string;
  readonly dark: string;
}

type Colors = Readonly<Record<string, Color>>;

const BLUE = { light: '#144ba0', dark: '#528efd' };
const ORANGE = { light: '#b8520c', dark: '#ea7a36' };
const GREEN = { light: '#01846d', dark: '#50dba0' };

/** A card and what is written on it: the paper of a report, a panel of the playground. */
export const PAPER_AND_INK = {
  card: { light: '#fffefb', dark: '#191f27' },
  ink: { light: '#1d2430', dark: '#e7eaef' },
} as const satisfies Colors;

/** Secondary text, rules between rows, and what lies faintly under numbers. */
export const QUIET = {
  soft: { light: '#565d69', dark: '#a6afbc' },
  line: { light: '#dcd9d0', dark: '#2d3540' },
  faint: { light: '#efede7', dark: '#222933' },
} as const satisfies Colors;

/** What the pages have around their cards, and on their buttons. */
export const PAGES = {
  ground: { light: '#f4f3ef', dark: '#11151b' },
  edge: { light: '#85827a', dark: '#7c8795' },
  ghost: { light: '#77756e', dark: '#97a0ad' },
  accent: { light: '#234a73', dark: '#a9cdf0' },
  'on-accent': { light: '#ffffff', dark: '#0f1a26' },
  hot: { light: '#fdf0d9', dark: '#3a2c16' },
} as const satisfies Colors;

/** Of a number; what is right and wrong has the same two. */
export const SIGNS = { plus: BLUE, minus: ORANGE } as const satisfies Colors;

/** One per series of a chart. */
export const SERIES = {
  'series-1': BLUE,
  'series-2': ORANGE,
  'series-3': GREEN,
  'series-4': { light: '#7e1a63', dark: '#f2a8f7' },
  'series-5': { light: '#24282d', dark: '#87878a' },
  'series-6': { light: '#454501', dark: '#eef130' },
} as const satisfies Colors;

/** `var(--series-1)` for the first, and so on; the seventh starts over. */
export function seriesColor(n: number): string {
  const names = Object.keys(SERIES);
  return `var(--${names[n % names.length]})`;
}

type CellName = (typeof CELL_NAMES)[number];

/** How a cell's line is drawn. */
export interface CellLook extends Color {
  /** As in `stroke-dasharray`; 'none': solid. */
  readonly dashes: string;
}

/**
 * A cell looks the same in every chart: the tanh-RNN orange, LSTMs blue to violet, GRUs green; variants are
 * dashed.
 */
export const CELLS: Readonly<Record<CellName, CellLook>> = {
  rnn: { ...ORANGE, dashes: 'none' },
  lstm: { ...BLUE, dashes: 'none' },
  lstmPeephole: { light: '#7567aa', dark: '#8782b8', dashes: '8 3' },
  lstmCoupled: { light: '#4f4267', dark: '#a7a1d8', dashes: '8 3 2 3' },
  lstmLayerNorm: { light: '#420978', dark: '#c9c1fe', dashes: '3 2' },
  gru: { ...GREEN, dashes: 'none' },
  gruResetAfter: { light: '#124330', dark: '#7cffeb', dashes: '8 3' },
  gruLayerNorm: { light: '#0a2b07', dark: '#c3fb94', dashes: '8 3 2 3' },
};

/** By variable: `cell-lstm`. */
export const CELL_COLORS: Colors = Object.fromEntries(
  Object.entries(CELLS).map(([name, look]) => [`cell-${name}`, look]),
);

/** Rules that define the colours as variables of `selector`, light or dark as the reader's system has it. */
export const colorRules = (selector: string, colors: Colors): string => `
  ${selector} { ${variables(colors, 'light')} }
  @media (prefers-color-scheme: dark) { ${selector} { ${variables(colors, 'dark')} } }
`;

/** The same for a page whose root says which theme it has; `.cell-lstm` has its cell's look. */
export const themeRules = (): string => {
  const colors = { ...PAPER_AND_INK, ...QUIET, ...PAGES, ...SIGNS, ...CELL_COLORS };
  const cells = Object.entries(CELLS).map(
    ([name, { dashes }]) => `.cell-${name} { --cell: var(--cell-${name}); --dash: ${dashes}; }`,
  );
  return `
  :root { color-scheme: light; ${variables(colors, 'light')} }
  :root[data-theme='dark'] { color-scheme: dark; ${variables(colors, 'dark')} }
  ${cells.join('\n  ')}
`;
};

const variables = (colors: Colors, mode: keyof Color): string =>
  Object.entries(colors)
    .map(([name, color]) => `--${name}: ${color[mode]};`)
    .join(' ');
