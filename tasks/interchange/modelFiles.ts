/** Files with a model: read together, described, and imported. */
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError, type Kernels } from '../../models/index.js';
import { describeFile, importModel, type FileDescription } from '../../models/interchange/index.js';
import type { ImportedModel } from '../../models/interchange/index.js';
import { MiB, readInput } from '../common/files.js';
import { reason } from '../common/reason.js';

/** Above any model's size; a pipe might never end. */
const LIMIT = 4096 * MiB;

/** The file of tfjs that says what the model is, and where its weights are. */
const INDEX = 'model.json';

/** Files that are one model. */
export interface ModelFiles {
  /** Their name in messages. */
  readonly source: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads a file, a folder with model.json and its shards, or several files, the model first.
 * @throws InputError when one cannot be read
 */
export function readModelFiles(paths: readonly string[]): ModelFiles {
  const [first] = paths as [string];
  const isFolder = paths.length === 1 && statSync(first, { throwIfNoEntry: false })?.isDirectory() === true;
  const all = isFolder ? inFolder(first) : paths;
  return {
    source: paths.join(', '),
    files: new Map(all.map((path) => [basename(path), readInput(path, LIMIT)])),
  };
}

function inFolder(folder: string): string[] {
  const names = readNames(folder).filter((name) => name === INDEX || name.endsWith('.bin'));
  if (!names.includes(INDEX))
    throw new InputError(
      `${folder} is a folder without ${INDEX}, which tfjs writes: give the file of the model`,
    );
  // What says which the others are comes first.
  return [INDEX, ...names.filter((name) => name !== INDEX)].map((name) => join(folder, name));
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw new InputError(`cannot read ${folder}: ${reason(error)}`);
  }
}

/** What is in the files. */
export const describe = ({ source, files }: ModelFiles): Promise<FileDescription> =>
  describeFile(files, source);

/**
 * The model in the files.
 * @throws InputError when they are damaged, have what is not known here, or only weights
 */
export const readModel = ({ source, files }: ModelFiles, kernels: Kernels): Promise<ImportedModel> =>
  importModel(files, { kernels, source });

/** @throws InputError when they have only weights */
export async function requireModelIn(read: ModelFiles): Promise<void> {
  if (!(await describe(read)).hasModel) throw new InputError(`${read.source}: ${ONLY_WEIGHTS}`);
}

/** What to do with a file that has only weights. */
export const ONLY_WEIGHTS =
  'it has only weights, and does not say what the model is: make the model in a program, and read them with importWeights(model, bytes)';
