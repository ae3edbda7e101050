/** Tagged sentences from a file, a folder, a zip, or two parallel files. */
import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parallelSentences, taggedSentences, type TaggedSentence } from '../../datasets/index.js';
import { InputError } from '../../models/index.js';
import { readDataFile } from '../common/dataFile.js';
import { MiB, readInput } from '../common/files.js';
import { isZip, listZip, readZip } from '../zip/zip.js';

/** What was read. */
export interface Source {
  readonly source: string;
  /** What the files turned out to be; null: nothing to say. */
  readonly form: string | null;
  readonly bytes: Uint8Array;
  readonly sentences: readonly TaggedSentence[];
}

interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LIMIT = 200 * MiB;
/** Files of a folder. */
const MOST_FILES = 20_000;

/**
 * The endings of files with tags; the first that a folder has is read, and only that. Others may be the same
 * text.
 */
const ENDINGS = ['.conllu', '.mrg', '.conll', '.pos', '.tagged', '.iob2', '.txt', '.tsv', ''];
const NOT_DATA = /(^|\/)(\.|__MACOSX\/|readme|licen[cs]e|contents|changelog|cats\.txt)/i;

/**
 * @param data a file, folder or zip, `-` for standard input, or two parallel files SENTS,TAGS
 * @param tags the column of the tags in CoNLL files; null: the usual one
 * @throws InputError or DataError when it cannot be read
 */
export async function readTagged(data: string, tags: string | null): Promise<Source> {
  const paths = data.split(',');
  if (paths.length === 2) return parallel(paths as [string, string]);
  if (await isZip(data)) return fromZip(data, tags);
  if (statSync(data, { throwIfNoEntry: false })?.isDirectory()) return fromFolder(data, tags);
  const { bytes, source } = readDataFile(data, LIMIT);
  try {
    const { form, sentences } = taggedSentences(bytes, source, tags ?? undefined);
    return { source, form, bytes, sentences };
  } catch (error) {
    if (error instanceof Error && / is in none of the forms/.test(error.message))
      error.message += '; or give two files, SENTS,TAGS, or a folder or zip of such files';
    throw error;
  }
}

function parallel(paths: [string, string]): Source {
  const [words, tags] = paths.map((path) => readDataFile(path, LIMIT)) as [NamedSource, NamedSource];
  const sentences = parallelSentences(words, tags);
  const bytes = Buffer.concat([words.bytes, tags.bytes]);
  return { source: paths.join(' and '), form: null, bytes, sentences };
}

type NamedSource = ReturnType<typeof readDataFile>;

/** The files of one kind, the first kind that there is, and how many there are of others. */
function chosen(path: string, names: readonly string[]): { names: string[]; others: number } {
  const data = names.filter((name) => !NOT_DATA.test(name)).sort();
  const ending = ENDINGS.find((one) => data.some((name) => extname(name).toLowerCase() === one));
  const kept = data.filter((name) => extname(name).toLowerCase() === ending);
  if (kept.length === 0)
    throw new InputError(`${path} has no tagged sentences: no .conllu, .mrg or the like`);
  return { names: kept, others: data.length - kept.length };
}

async function fromZip(path: string, tags: string | null): Promise<Source> {
  const all = await listZip(path, { pattern: /[^/]$/, name: 'files' });
  // NLTK's treebank has its sentences in several forms; the trees are the originals.
  const { names, others } = chosen(
    path,
    all.map(({ name }) => name),
  );
  const wanted = new Set(names);
  const pattern = { test: (name: string) => wanted.has(name) } as RegExp;
  const files = await readZip(path, { pattern, name: 'with sentences' });
  const named = [...files].map(([name, bytes]) => ({ name, bytes }));
  return { ...fromFiles(path, named, others, tags), bytes: readInput(path, LIMIT) };
}

function fromFolder(path: string, tags: string | null): Source {
  const all = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .slice(0, MOST_FILES)
    // Not what a broken link leads to.
    .filter((name) => statSync(join(path, name), { throwIfNoEntry: false })?.isFile())
    .map((name) => name.replaceAll('\\', '/'));
  const { names, others } = chosen(path, all);
  const files = names.map((name) => ({ name, bytes: readInput(join(path, name), LIMIT) }));
  return {
    ...fromFiles(path, files, others, tags),
    bytes: Buffer.concat(files.map(({ bytes }) => bytes)),
  };
}

function fromFiles(path: string, files: readonly NamedFile[], others: number, tags: string | null) {
  const read = files.map(({ name, bytes }) => taggedSentences(bytes, `${path}, ${name}`, tags ?? undefined));
  const counted = (count: number) => `${count} ${count === 1 ? 'file' : 'files'}`;
  const forms = [...new Set(read.map(({ form }) => form))].join(' and ');
  const rest = others > 0 ? `; ${counted(others)} of other kinds not read` : '';
  const sentences = read.flatMap(({ sentences }) => sentences);
  return { source: path, form: `${counted(files.length)} of ${forms}${rest}`, sentences };
}
