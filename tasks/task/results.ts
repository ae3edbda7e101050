/** What comes out of a run, and the files that it goes into. */
import type { EpochRecord, Kernels } from '../../models/index.js';
import { writeOutput } from '../common/files.js';
import type { GraphPicture } from '../common/graphPicture.js';
import { describeKernels } from '../common/kernels.js';
import { printable } from '../common/printable.js';
import { writeReport, type Facts, type Page } from '../report/index.js';

export interface Results {
  /** What is said of the data: its source, its checksum, its counts. */
  readonly data: object;
  /** Of all models, those of one after those of another. */
  readonly epochs: readonly EpochRecord[];
  /** The numbers that count, by name. */
  readonly final: object;
  readonly page: () => RunPage;
  /** The network to be drawn, as it was trained; none: it was loaded. */
  readonly picture?: GraphPicture;
  /** What a text that was written at random depends on. */
  readonly chance?: { readonly seed: number; readonly temperature: number };
}

/** A page, and what stands at its end under "This run". */
export interface RunPage extends Omit<Page, 'task'> {
  readonly facts: Facts['facts'];
}

/** Writes one JSON object: which program it is, and from which seed; then its results. */
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
 * @param isSaid whether to print where it is
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
