/** The results of a run, and the files that they are written to. */
import type { EpochRecord, Kernels } from '../../models/index.js';
import { writeOutput } from '../common/files.js';
import type { GraphPicture } from '../common/graphPicture.js';
import { describeKernels } from '../common/kernels.js';
import { printable } from '../common/printable.js';
import { writeReport, type Facts, type Page } from '../report/index.js';

export interface Results {
  /** Facts about the data: source, checksum, counts. */
  readonly data: object;
  /** The epochs of all models, one model after the other. */
  readonly epochs: readonly EpochRecord[];
  /** The main numbers, by name. */
  readonly final: object;
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
  { name: kernels, threads }: Kernels,
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
  kernels: Kernels,
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
  if (isSaid) console.log(printable(`report   ${path}`));
}
