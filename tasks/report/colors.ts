/**
 * Colours of pictures, as CSS variables that follow the reader's choice of light or dark. The hues of Okabe
 * and Ito 2008 are distinct for the colour-blind too; faint ones are slightly darker on white and lighter on
 * black.
 */

/** The colours as published. */
export const OKABE_ITO = {
  blue: '#0072b2',
  vermillion: '#d55e00',
  orange: '#e69f00',
  sky: '#56b4e9',
  green: '#009e73',
  purple: '#cc79a7',
  grey: '#999999',
} as const;

export interface Color {
  readonly light: string;
  readonly dark: string;
}

/** The page and its text. */
export const PAPER_AND_INK = {
  paper: { light: '#ffffff', dark: '#0d1117' },
  ink: { light: '#1f2328', dark: '#e6edf3' },
} as const satisfies Record<string, Color>;

/** Secondary text and rules. */
export const QUIET = {
  muted: { light: '#59636e', dark: '#9198a1' },
  rule: { light: '#d1d9e0', dark: '#3d444d' },
  shade: { light: '#f6f8fa', dark: '#161b22' },
} as const satisfies Record<string, Color>;

/** Right and wrong in a confusion table: the hue of the cells. */
export const VERDICTS = {
  right: { light: OKABE_ITO.blue, dark: OKABE_ITO.sky },
  wrong: { light: OKABE_ITO.vermillion, dark: OKABE_ITO.orange },
} as const satisfies Record<string, Color>;

/** One per series of a chart. */
export const SERIES = {
  'series-1': { light: OKABE_ITO.blue, dark: OKABE_ITO.sky },
  'series-2': { light: OKABE_ITO.vermillion, dark: OKABE_ITO.orange },
  'series-3': { light: '#00805d', dark: '#12b886' },
  'series-4': { light: '#a8477f', dark: '#e094c0' },
  'series-5': { light: '#6e7781', dark: '#9198a1' },
  'series-6': { light: '#8a7500', dark: '#f0e442' },
  'series-7': { light: '#8b4513', dark: '#d2a679' },
  'series-8': { light: '#5b3fb0', dark: '#b8a5ff' },
} as const satisfies Record<string, Color>;

/** `var(--series-1)` for the first, and so on; the ninth starts over. */
export function seriesColor(n: number): string {
  const names = Object.keys(SERIES);
  return `var(--${names[n % names.length]})`;
}

/** The rules that define the colours for `selector` in both modes. */
export function colorRules(selector: string, colors: Readonly<Record<string, Color>>): string {
  const variables = (mode: keyof Color) =>
    Object.entries(colors)
      .map(([name, color]) => `--${name}: ${color[mode]};`)
      .join(' ');
  return `
  ${selector} { ${variables('light')} }
  @media (prefers-color-scheme: dark) { ${selector} { ${variables('dark')} } }
`;
}
