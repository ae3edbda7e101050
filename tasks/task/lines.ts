/** The use of a trained model on a file: what `--predict-file`, `--tag-file` and `--forecast-file` read or write. */
import { Option, type Command } from 'commander';
import { textLines } from '../../datasets/index.js';
import { InputError } from '../../models/index.js';
import { readDataFile } from '../common/dataFile.js';
import { MiB } from '../common/files.js';

/** How answers are written: columns between tabs, or an object of JSON on each line. */
export type LineFormat = 'tsv' | 'jsonl';

export const formatOption = (of = 'the answers to a file') =>
  new Option('--format <name>', `of ${of}: columns between tabs, or JSON lines`)
    .choices(['tsv', 'jsonl'])
    .default('tsv');

/** The options whose file has this format, in one program or another. */
const FORMATTED = ['predictFile', 'tagFile', 'forecastFile'];

/** @throws InputError when a format is given for a file that is not */
export function requireFormatted(command: Command): void {
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli';
  const file = command.options.find((option) => FORMATTED.includes(option.attributeName()));
  if (!file || !isGiven('format') || isGiven(file.attributeName())) return;
  throw new InputError(`--format is of ${file.long}: give both, or leave --format out`);
}

const LIMIT = 500 * MiB;

/**
 * The lines of a text in any usual encoding, also packed by gzip, without empty ones.
 * @param path `-` for standard input
 * @throws InputError or DataError when it cannot be read, or has no line
 */
export function readLines(path: string): string[] {
  const { bytes, source } = readDataFile(path, LIMIT);
  const filled = textLines(bytes, source).filter((line) => line.trim() !== '');
  if (filled.length > 0) return filled;
  throw new InputError(`${source} has no sentence`);
}

/** Spaces where a text has tabs or what else would break a column. */
export const column = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
