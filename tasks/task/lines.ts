/** The use of a trained model on a file: what `--predict-file`, `--tag-file` and `--forecast-file` read or write. */
import { readFileSync } from 'node:fs';
import { Option } from 'commander';
import { InputError } from '../../models/index.js';
import { MiB, readInput } from '../common/files.js';

/** How answers are written: columns between tabs, or an object of JSON on each line. */
export type LineFormat = 'tsv' | 'jsonl';

export const formatOption = (of = 'the answers to a file') =>
  new Option('--format <name>', `of ${of}: columns between tabs, or JSON lines`)
    .choices(['tsv', 'jsonl'])
    .default('tsv');

const LIMIT = 500 * MiB;

/**
 * The lines of a text, without empty ones.
 * @param path `-` for standard input
 * @throws InputError when it cannot be read, or has no line
 */
export function readLines(path: string): string[] {
  const bytes = path === '-' ? readFileSync(0) : readInput(path, LIMIT);
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\r|\n/);
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length > 0) return filled;
  throw new InputError(`${path === '-' ? 'standard input' : path} has no sentence`);
}

/** Spaces where a text has tabs or what else would break a column. */
export const column = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
