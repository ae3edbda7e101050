/** How a text becomes the numbers that a model reads. */
import { tokenize, vocabularyOf } from '../../datasets/index.js';
import { InputError, type Model } from '../../models/index.js';
import { whole } from '../common/printable.js';
import { MiB, readInput } from '../common/files.js';

/** A text as a model reads it. */
export interface Reading {
  /** What is at each step, for a reader. */
  readonly symbols: readonly string[];
  readonly ids: readonly number[];
  /** How the numbers were found. */
  readonly how: string;
}

/** A vocabulary: symbols by number, and where it is from. */
export interface Symbols {
  readonly list: readonly string[];
  readonly source: string;
}

/** Names that vocabularies have for words that are not in them. */
const UNKNOWN = ['UNK', '<unk>', '[UNK]', '<UNK>', '<oov>', '<OOV>', '[OOV]'];

/**
 * @param known the vocabulary; null: the code of each character
 * @throws InputError when the model reads no text, or the text has what is not in the vocabulary
 */
export function readText({ input }: Model, text: string, known: Symbols | null): Reading {
  const { kind, width, columns } = input;
  if (kind === 'features' || columns > 1) {
    const reads = kind === 'features' ? `${width} features` : `${columns} symbols`;
    throw new InputError(`--trace needs a model that reads one symbol per step; this one reads ${reads}`);
  }
  if (text === '') throw new InputError('--trace needs a text that is not empty');
  return known ? byVocabulary(text, width, known) : byCode(text, width);
}

function byCode(text: string, width: number): Reading {
  const symbols = [...text];
  const ids = symbols.map((symbol) => symbol.codePointAt(0)!);
  const beyond = ids.findIndex((id) => id >= width);
  if (beyond >= 0)
    throw new InputError(
      `the model reads ${width} symbols, and the file does not say which: '${symbols[beyond]}' has the code ${ids[beyond]}; give them with --vocabulary FILE`,
    );
  return { symbols, ids, how: 'the code of each character; another: --vocabulary FILE' };
}

function byVocabulary(text: string, width: number, { list, source }: Symbols): Reading {
  if (list.length > width)
    throw new InputError(`${source} has ${list.length} symbols; the model reads ${width}`);
  const numbers = new Map(list.map((symbol, n) => [symbol, n]));
  const unknown = UNKNOWN.flatMap((name) => numbers.get(name) ?? [])[0];
  const isOfCharacters = list.every((symbol) => [...symbol].length <= 1);
  const symbols = isOfCharacters ? [...text] : tokenize(text);
  const ids = symbols.map((symbol) => {
    const id = numbers.get(symbol) ?? numbers.get(symbol.toLowerCase()) ?? unknown;
    if (id !== undefined) return id;
    throw new InputError(`'${symbol}' is not in the vocabulary of ${source}, which has none for the unknown`);
  });
  if (ids.length === 0) throw new InputError('--trace: the text contains no word');
  const what = isOfCharacters ? 'characters' : 'words';
  return { symbols, ids, how: `${whole(list.length)} ${what} of ${source}` };
}

/** Above any vocabulary's size. */
const LIMIT = 64 * MiB;

/**
 * A vocabulary from a file: a symbol on each line, the first has the number 0; or JSON, a list of symbols or
 * an object of numbers by symbol.
 * @throws InputError when it is neither
 */
export function readVocabulary(path: string): Symbols {
  const text = new TextDecoder().decode(readInput(path, LIMIT));
  const value = parse(text);
  const list = value === null ? text.replace(/\r?\n$/, '').split(/\r?\n/) : symbolsOf(value, path);
  if (list.length === 0) throw new InputError(`${path} has no symbols`);
  return { list, source: path };
}

/** The list or object that a text is in JSON; null: it is neither, such as lines that begin with `[PAD]`. */
function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** More than any vocabulary has. */
const MOST = 1e7;

function symbolsOf(value: object, path: string): string[] {
  if (Array.isArray(value) && value.every((symbol) => typeof symbol === 'string')) return value;
  const numbers = Object.entries(value) as [string, unknown][];
  const isNumber = (n: unknown): n is number =>
    Number.isSafeInteger(n) && (n as number) >= 0 && (n as number) < MOST;
  if (Array.isArray(value) || !numbers.every(([, n]) => isNumber(n)))
    throw new InputError(`${path}: a vocabulary is a list of texts, or an object of whole numbers by text`);
  const most = numbers.reduce((largest, [, n]) => Math.max(largest, n as number), -1);
  const list = new Array<string>(most + 1).fill('');
  for (const [symbol, n] of numbers) list[n as number] = symbol;
  return list;
}

/** Those that the checkpoint of a program has; null: none. */
export function savedSymbols(state: unknown, source: string): Symbols | null {
  const { task, symbols, words, book } = { ...(state as Record<string, unknown>) };
  const isWords = (list: unknown): list is string[] =>
    Array.isArray(list) && list.every((symbol) => typeof symbol === 'string');
  const { vocabulary } = { ...(book as Record<string, unknown>) };
  if (task === 'alice' && (typeof vocabulary === 'string' || isWords(vocabulary)))
    return { list: [...vocabulary], source };
  if (task === 'sentiment' && isWords(words)) return { list: vocabularyOf(words).words, source };
  if (task === 'pos' && isWords(symbols)) return { list: vocabularyOf(symbols).words, source };
  return task === 'import' && isWords(symbols) ? { list: symbols, source } : null;
}
