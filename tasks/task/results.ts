/** The results of a run, and the files that they are written to. */
import type { Kernels } from '../../models/index.js';
import { writeOutput } from '../common/files.js';
import type { GraphPicture } from '../common/graphPicture.js';
import { describeKernels } from '../common/kernels.js';
import { printable } from '../common/printable.js';
import { print } from '../common/say.js';
import type { EpochPoint } from '../common/training.js';
import { writeReport, type Facts, type Page } from '../report/index.js';

/** An epoch of one of the models of a run. */
export interface RunEpoch extends EpochPoint {
  /** The model, or the split of its data, where a program trains several. */
  readonly model?: string;
  readonly split?: string;
}

export interface Results {
  /** Facts about the data: source, checksum, counts. */
  readonly data: object;
  /** The epochs of all models, one model after the other. */
  readonly epochs: readonly RunEpoch[];
  /** The main numbers, by name. */
  readonly final: Readonly<Record<string, unknown>>;
  readonly page: () => RunPage;
  /** The trained network, for `--graph`; absent when the model was loaded. */
  readonly picture?: GraphPicture;
  /** The sampling settings of a generated text. */
  readonly chance?: { readonly seed: number; readonly temperature: number };
}

/** A page, and the facts for its last section, "This run". */
export interface RunPage extends Omit<Page, 'task'> {
  readonly facts: Facts['facts'];
}

/** Writes one JSON object: the program's name, the seed, the results. */
export async function writeJson(
  file: string | null,
  { name: kernels, threads }: Pick<Kernels, 'name' | 'threads'>,
  name: { readonly task: string; readonly seed: number },
  results: object,
): Promise<void> {
  if (file === null) return;
  await writeOutput(file, JSON.stringify({ ...name, kernels, threads, ...results }, null, 2) + '\n');
}

/**
 * Writes a page into a directory.
 * @param isSaid whether to print the path
 */
export async function writePage(
  directory: string | null,
  kernels: Pick<Kernels, 'name' | 'threads'>,
  task: string,
  page: () => RunPage,
  isSaid = true,
): Promise<void> {
  if (directory === null) return;
  const { facts, sections, ...rest } = page();
  const date = new Date().toISOString().slice(0, 10);
  const thisRun = [...facts, ['kernels', describeKernels(kernels)], ['date', date]] as const;
  const path = await writeReport(directory, {
    ...{ ...rest, task },
    sections: [...sections, { heading: 'This run', content: [{ kind: 'facts', facts: thisRun }] }],
  });
  if (isSaid) print(printable(`report   ${path}`));
}
