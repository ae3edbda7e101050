/** docs/cells-compared.md. */
import type { CellName } from '../../models/index.js';
import { deviation, mean } from '../../tasks/common/statistics.js';
import type { ComparedProgram, RunResults } from './programs.js';
import type { Size } from './sizes.js';
import { permutationP } from './statistics.js';

export interface Compared {
  readonly program: ComparedProgram;
  /** The LSTM first. */
  readonly cells: readonly { readonly cell: CellName; readonly size: Size; readonly results: RunResults[] }[];
}

/** Below this, a difference is not called chance. */
const LEVEL = 0.05;

export function comparedPage(compared: readonly Compared[], seeds: number): string {
  const verdicts = compared.flatMap(verdictsOf);
  const count = (verdict: Verdict['is']) => verdicts.filter(({ is }) => is === verdict).length;
  const { kernels } = compared[0]!.cells[0]!.results[0]!;
  return `# Six cells on four programs

Greff et al. (2017, _LSTM: A Search Space Odyssey_) trained eight variants of the LSTM on three tasks, and found that none beats it
significantly. Does that hold here? Each cell replaces the one of the program, with as many units as give the same number of
parameters; everything else, learning rates included, stays the program's. ${seeds} seeds each, on the data that come along. Greff et al.
tuned the learning rate of every variant; here it was chosen for the program's own cell, so this is a comparison of drop-in replacements.
Only alice is trained at a second rate, on which the order depends.

Made by \`npm run bench:cells -- --page docs/cells-compared.md\`, in hours; not part of the tests. _p_: the share of all divisions of the
${2 * seeds} runs into two groups whose means are as far apart as those of this cell and the LSTM (an exact permutation test); the least
possible is ${(2 / binomial(2 * seeds, seeds)).toFixed(3)}. _Time_: of a training step on one thread of \`${kernels}\`, relative to the LSTM's, each in its
fastest epoch.

${compared.map(section).join('\n\n')}

## The verdict

Beside the LSTM, where chance alone would not say so (_p_ < ${LEVEL}), in the order of the sections:

${verdictTable(compared, verdicts)}

${count('better')} of the ${verdicts.length} are better, ${count('worse')} worse, and ${count('equal')} cannot be told from it; so many tests at this level
would call about ${(LEVEL * verdicts.length).toFixed(0)} of them different by chance. Better somewhere and worse nowhere: ${cellsThatAre('better', 'worse', verdicts)}. Worse somewhere and better
nowhere: ${cellsThatAre('worse', 'better', verdicts)}.
`;
}

function section({ program, cells }: Compared): string {
  const { name, task, about, score, isBetter, digits, scoreOf } = program;
  const lstm = cells[0]!;
  const scoresOf = ({ results }: Compared['cells'][number]) => results.map(scoreOf);
  const rows = cells.map((one) => {
    const scores = scoresOf(one);
    const p = one === lstm ? '' : permutationP(scores, scoresOf(lstm)).toFixed(3);
    const time = (stepMs(task, one.results) / stepMs(task, lstm.results)).toFixed(2);
    const [middle, spread] = [mean(scores), deviation(scores)].map((x) => x.toFixed(digits));
    const extremes = `${Math.min(...scores).toFixed(digits)} to ${Math.max(...scores).toFixed(digits)}`;
    return `| ${[one.cell, one.size.units, one.size.parameters, middle, spread, extremes, p, time].join(' | ')} |`;
  });
  return `## ${name}

${about}. Judged by: ${score}; ${isBetter} is better.

| cell | units | parameters | mean | standard deviation | from, to | _p_ | time |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}`;
}

/** Milliseconds of a training step in the fastest epoch of the compared model. */
function stepMs(task: string, results: readonly RunResults[]): number {
  const epochs = results.flatMap((one) => one.epochs);
  const own = task === 'electricity' ? epochs.filter(({ model }) => model === 'oneStep') : epochs;
  return Math.min(...own.map(({ ms, steps }) => ms / steps));
}

interface Verdict {
  readonly cell: CellName;
  readonly program: string;
  readonly is: 'better' | 'worse' | 'equal';
}

function verdictsOf({ program, cells: [lstm, ...others] }: Compared): Verdict[] {
  return others.map(({ cell, results }) => {
    const [a, b] = [results, lstm!.results].map((all) => all.map(program.scoreOf)) as [number[], number[]];
    const isHigher = mean(a) > mean(b);
    const isBetter = isHigher === (program.isBetter === 'more');
    const is = permutationP(a, b) >= LEVEL ? 'equal' : isBetter ? 'better' : 'worse';
    return { cell, program: program.name, is };
  });
}

/** Those that are the one somewhere, and nowhere the other. */
function cellsThatAre(one: Verdict['is'], other: Verdict['is'], verdicts: readonly Verdict[]): string {
  const that = (verdict: Verdict['is']) =>
    new Set(verdicts.filter(({ is }) => is === verdict).map(({ cell }) => cell));
  const [ones, others] = [that(one), that(other)];
  return [...ones].filter((cell) => !others.has(cell)).join(', ') || 'none';
}

/** A row for each program, a column for each cell but the LSTM. */
function verdictTable(compared: readonly Compared[], verdicts: readonly Verdict[]): string {
  const cells = compared[0]!.cells.slice(1).map(({ cell }) => cell);
  const rows = compared.map(({ program: { name } }) => {
    const those = verdicts.filter(({ program }) => program === name);
    return `| ${[name, ...those.map(({ is }) => (is === 'equal' ? '' : is))].join(' | ')} |`;
  });
  return [`|  | ${cells.join(' | ')} |`, `| --- |${' --- |'.repeat(cells.length)}`, ...rows].join('\n');
}

const binomial = (n: number, k: number): number => (k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k);
