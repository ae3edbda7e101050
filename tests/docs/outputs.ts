/**
 * The output of commands. A `text` block directly below an `sh` block shows what the last command of that
 * block prints, on the bundled data; a line `...` stands for omitted lines.
 */
import { runTask, temporaryDirectory } from '../tasks/run.js';
import type { Block, Page } from './page.js';
import { commandsOf } from './shell.js';

/**
 * What differs from run to run or from machine to machine: times, rates, and the kernels' name and threads.
 * All other numbers are compared digit by digit: fused and unfused kernels print the same ones.
 */
const VOLATILE: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\d[\d.,]*(?= (ms|s|min|\w+\/s)\b)/g, 'NUMBER'],
  [/\bwasm-(relaxed-)?simd(-256)?, \d+ threads?/g, 'KERNELS'],
];

/** Runs the commands of a page that are shown with their output. @returns what is wrong, a line for each */
export async function checkCommandOutputs(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [n, block] of page.blocks.entries()) {
    if (block.language !== 'text') continue;
    const above = block.follows ? page.blocks[n - 1]! : null;
    if (above?.language === 'sh') found.push(...(await checkOutputOf(above, block, page)));
    else if (!above || above.language === 'text')
      found.push(`${page.path}:${block.line}: nothing above it prints this`);
  }
  return found;
}

async function checkOutputOf(above: Block, block: Block, { path }: Page): Promise<string[]> {
  const command = commandsOf(above.text.trimEnd().split('\n').at(-1)!).at(-1)!;
  const [npm, start, dashes, ...args] = command;
  if (npm !== 'npm' || start !== 'start' || (dashes ?? '--') !== '--') {
    return [`${path}:${above.line}: the output of ${command.join(' ')} cannot be checked`];
  }
  const shown = linesOf(block.text);
  const directory = temporaryDirectory();
  try {
    // Where the end is left out, the program is stopped when it has printed the rest, right or wrong.
    const endless = shown.indexOf(GAP) === shown.length - 1;
    const outcome = await runTask(directory.path, args, (child, _, stdout) => {
      if (endless && stdout.split('\n').length > shown.length) child.kill('SIGKILL');
    });
    const wrong = compareOutput(shown, linesOf(outcome.stdout));
    return wrong === null ? [] : [`${path}:${block.line}: ${wrong}`];
  } finally {
    directory.remove();
  }
}

const GAP = '...';

const linesOf = (text: string) => text.trimEnd().split('\n');

/** Compares the lines that a page shows with those printed. @returns what is wrong; null: nothing */
export function compareOutput(shown: readonly string[], printed: readonly string[]): string | null {
  const actual = printed.map(comparable);
  let from = 0;
  let afterGap = false;
  for (let n = 0; n < shown.length;) {
    if (shown[n] === GAP) {
      afterGap = true;
      n++;
      continue;
    }
    const end = shown.indexOf(GAP, n);
    const piece = shown.slice(n, end < 0 ? shown.length : end);
    const wanted = piece.map(comparable);
    const last = printed.length - piece.length;
    // A piece begins where the previous one ends; after a gap, anywhere. The last piece ends the output.
    const [first, most] = [end < 0 && afterGap ? last : from, afterGap ? last : from];
    let best = { at: first, agree: -1 };
    for (let at = first; at <= most; at++) {
      const differs = wanted.findIndex((line, m) => line !== actual[at + m]);
      const agree = differs < 0 ? wanted.length : differs;
      if (agree > best.agree) best = { at, agree };
    }
    if (best.agree < piece.length) {
      const m = Math.max(0, best.agree);
      return `it shows\n${piece[m]}\nwhere the command prints\n${printed[best.at + m] ?? '(nothing)'}`;
    }
    from = best.at + piece.length;
    afterGap = false;
    n += piece.length;
  }
  const more = shown.at(-1) !== GAP && from < printed.length;
  return more ? `the command also prints\n${printed[from]}` : null;
}

/** A line without what may differ, and without spaces at its end. */
const comparable = (line: string) =>
  VOLATILE.reduce((text, [pattern, name]) => text.replace(pattern, name), line).trimEnd();
