/** The palette: contrasts to the paper, lines that readers with any kind of colour vision tell apart, and one source. */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cells } from '../../cells/index.js';
import * as palette from '../../tasks/common/colors.js';
import { STRONGEST } from '../../tasks/report/heatMap.js';
import { STYLE } from '../../tasks/report/style.js';

const { PAPER_AND_INK, QUIET, PAGES, SIGNS, SERIES, CELLS } = palette;
const MODES = ['light', 'dark'] as const;
type Rgb = readonly number[];

/** Red, green and blue of #rrggbb, without the curve of screens: proportional to light, 0 to 1. */
const light = (hex: string): Rgb =>
  [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });

const times = (M: readonly Rgb[], v: Rgb) => M.map((row) => row.reduce((sum, m, n) => sum + m * v[n]!, 0));

/** WCAG 2. */
function contrast(a: string, b: string): number {
  const [dark, bright] = [a, b]
    .map((hex) => times([[0.2126, 0.7152, 0.0722]], light(hex))[0]!)
    .sort((x, y) => x - y);
  return (bright! + 0.05) / (dark! + 0.05);
}

/** What all cones see, and what two kinds of them do: Machado, Oliveira and Fernandes 2009, at severity 1. */
const VISIONS = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} satisfies Record<string, readonly Rgb[]>;

/** OKLab (Ottosson 2020), in which equal distances look equally large; black and white are 1 apart. */
function lab(rgb: Rgb): Rgb {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb.map((share) => Math.min(1, Math.max(0, share))),
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt),
  );
}

const distance = (a: string, b: string, vision: readonly Rgb[]) => {
  const [p, q] = [a, b].map((hex) => lab(times(vision, light(hex))));
  return Math.hypot(...p!.map((value, n) => value - q![n]!));
};

const named = (colors: Readonly<Record<string, palette.Color>>) => Object.entries(colors);

describe.each(MODES)('colours, %s', (mode) => {
  const card = PAPER_AND_INK.card[mode];
  const least = (colors: readonly palette.Color[], on: string) =>
    Math.min(...colors.map((color) => contrast(color[mode], on)));

  it('of text have a contrast of 4.5 to what they stand on', () => {
    for (const { [mode]: on } of [PAPER_AND_INK.card, PAGES.ground, QUIET.faint])
      expect(least([PAPER_AND_INK.ink, QUIET.soft], on)).toBeGreaterThan(4.5);
  });

  it('of lines do too, because names are written in them', () => {
    const lines = [...Object.values(SIGNS), ...Object.values(SERIES), ...Object.values(CELLS)];
    expect(least(lines, card)).toBeGreaterThan(4.5);
  });

  it('leave numbers readable on the strongest cells of a confusion table', () => {
    const mix = (hex: string) => {
      const part = (of: string, at: number) => parseInt(of.slice(at, at + 2), 16);
      const mixed = [1, 3, 5].map((at) =>
        Math.round(STRONGEST * part(hex, at) + (1 - STRONGEST) * part(QUIET.faint[mode], at)),
      );
      return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
    };
    for (const { [mode]: sign } of Object.values(SIGNS))
      expect(contrast(PAPER_AND_INK.ink[mode], mix(sign))).toBeGreaterThan(4.5);
  });

  const kinds = Object.entries(VISIONS);
  it.each(kinds)('tell cells, series and signs apart with %s vision', (_, vision) => {
    for (const colors of [CELLS, SERIES, SIGNS].map(named))
      for (const [n, [a, one]] of colors.entries())
        for (const [b, other] of colors.slice(n + 1))
          expect([a, b, distance(one[mode], other[mode], vision) > 0.085]).toEqual([a, b, true]);
  });
});

describe('the palette', () => {
  it('has a look for each cell, and no two the same', () => {
    expect(Object.keys(CELLS)).toEqual(Object.keys(cells));
    expect(new Set(Object.values(CELLS).map((look) => JSON.stringify(look))).size).toBe(8);
  });

  it('is the same in reports, in the playground, and in the chart of the bench', () => {
    const rules = { STYLE, themes: palette.themeRules(), chart: palette.colorRules('svg', SERIES) };
    for (const [name, { light, dark }] of named(palette.CELL_COLORS))
      for (const css of [rules.STYLE, rules.themes]) {
        expect(css).toContain(`--${name}: ${light};`);
        expect(css).toContain(`--${name}: ${dark};`);
      }
    for (const { light } of Object.values(SIGNS))
      for (const css of Object.values(rules)) expect(css).toContain(light);
  });

  it.each(['tasks', 'bench'])('is the only place in %s that names colours', (folder) => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|css|html)$/.test(name))
      .map((name) => join(folder, name));
    const naming = files.filter((file) => /['" :]#[0-9a-f]{6}\b/i.test(readFileSync(file, 'utf8')));
    expect(naming).toEqual(folder === 'tasks' ? [join('tasks', 'common', 'colors.ts')] : []);
  });
});
