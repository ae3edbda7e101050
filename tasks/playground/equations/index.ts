/**
 * The equation and the line of code behind each number on the page, found in the sources of the cells. A
 * cell's file begins with its equations, each with a label such as L6.
 */
import type { Cell } from '../../../cells/index.js';
import type { Origin } from './origin.js';

/** Reads a file of cells/: `lstm.ts`. */
export type ReadCell = (file: string) => string;

/**
 * The origins of all numbers of a cell, by the names that the page gives them: `f`, `c`, `da_f`, `dc`.
 * @throws Error when one cannot be found: the rules below do not fit the cell's file
 */
export function originsOf(cell: Cell, read: ReadCell): Record<string, Origin> {
  const file = `${cell.name}.ts`;
  const files = [file, ...sharedBy(read(file))];
  const origins: Record<string, Origin> = {};
  const add = (name: string, left: string, ...patterns: string[]) => {
    origins[name] = { ...equationOf(name, left, read(file)), ...lineOf(name, patterns, files, read) };
  };
  const isNormalized = !('b' in cell.parameters(1, 1));
  for (const [g, gate] of cell.gates.entries()) {
    if (!cell.states.includes(gate)) add(gate, gate, `const ${gate} = (sigmoid|tanh)\\(`);
    const underscore = cell.gates.length > 1 ? `_${gate}` : '';
    const place = ['j', 'j \\+ H', `j \\+ ${g} \\* H`][Math.min(g, 2)]!;
    if (isNormalized) add(`dp${underscore}`, 'dp̂', '\\b\\w+Backward\\((k, )?da, (da|saved)');
    else
      add(`da${underscore}`, `da${underscore}`, `const da${gate} = `, `dA\\[${place}\\] = `, 'dA\\[n\\] = ');
  }
  for (const state of cell.states) {
    add(state, state, `const ${state} = [a-z]`, `\\b${state}\\[\\w\\] = `);
    if (state === 'h') add('dh', 'dhPrev', 'recurrentBackward\\(k');
    else add(`d${state}`, `d${state}`, `k\\.add\\(d${state}, `, `const d${state} = `);
  }
  return origins;
}

/** Where dh of the last step comes from: the output layer, and not a later step. */
export function originOfLast(dense: string): Origin {
  const lines = dense.split('\n');
  const n = lines.findIndex((line) => line.includes('// B6'));
  if (n < 0) throw new Error('models/layers/dense.ts: there is no line for B6');
  const code = lines[n]!.replace(/\/\/.*$/, '').trim();
  return { label: 'B6', equation: 'dh = dlogits Vᵀ', file: 'models/layers/dense.ts', line: n + 1, code };
}

/** The files whose loops a cell shares. */
function sharedBy(source: string): string[] {
  const [, name] = /import \{ backward, forward \} from '\.\/(\w+)\.js'/.exec(source) ?? [];
  return name ? [`${name}.ts`] : [];
}

/** The equation whose left side is this. Where there are several, the last one is the sum of all parts. */
function equationOf(name: string, left: string, source: string): Pick<Origin, 'label' | 'equation'> {
  const found: Pick<Origin, 'label' | 'equation'>[] = [];
  for (const [, label, text] of source.matchAll(/^ \* {3}([A-Z]\d+) +(.*)$/gm)) {
    // Several equations with one label stand side by side.
    for (const part of text!.split(/ {2,}(?=[^= ]+ \+?= )/)) {
      // What follows after spaces is a remark.
      const [equation] = part
        .trim()
        .replace(/ +(?=\+?= )/, ' ')
        .split(/ {2,}/);
      if (equation!.split(/ \+?= /)[0] === left) found.push({ label: label!, equation: equation! });
    }
  }
  const last = found.at(-1);
  if (!last) throw new Error(`there is no equation for ${name}`);
  return last;
}

/** The first line of code that one of these patterns fits. */
function lineOf(
  name: string,
  patterns: readonly string[],
  files: readonly string[],
  read: ReadCell,
): Pick<Origin, 'file' | 'line' | 'code'> {
  for (const file of files) {
    const lines = read(file).split('\n');
    for (const pattern of patterns) {
      const n = lines.findIndex((line) => !line.startsWith(' *') && new RegExp(pattern).test(line));
      if (n >= 0)
        return { file: `cells/${file}`, line: n + 1, code: lines[n]!.replace(/\/\/.*$/, '').trim() };
    }
  }
  throw new Error(`cells/${files[0]}: there is no line for ${name}`);
}
