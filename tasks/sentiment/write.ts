/** What a run of the program is asked for, and its results as it writes them: as JSON, as a page. */
import type { Kernels } from '../../models/index.js';
import type { CorpusRecord } from './corpus.js';
import { sentimentPage } from './page.js';
import type { TestResult } from './results.js';
import type { SplitName } from './split.js';
import type { SentimentSettings } from './state.js';
import { writeOutput } from '../common/files.js';
import { printable } from '../common/printable.js';
import { msPerStep } from '../common/training.js';
import { writeReport } from '../report/index.js';

/** What one run of the program is asked for. */
export interface SentimentRun {
  epochs: number;
  /** A model is trained for each. */
  splits: readonly SplitName[];
  /** A file of sentences; null: the embedded ones. */
  data: string | null;
  /** Where to write the model after each epoch. */
  save: string | null;
  /** Where to write the results. */
  json: string | null;
  /** Where to draw the unrolled network. */
  graph: string | null;
  /** A directory, for a page with charts. */
  report: string | null;
}

/** Writes the results wherever the run wants them. */
export async function writeResults(
  { json, report }: SentimentRun,
  kernels: Kernels,
  settings: SentimentSettings,
  data: CorpusRecord,
  results: readonly TestResult[],
): Promise<void> {
  const all = {
    task: 'sentiment',
    seed: settings.seed,
    kernels: kernels.name,
    threads: kernels.threads,
    settings,
    data,
    epochs: results.flatMap(({ split, epochs }) => epochs.map((epoch) => ({ split, ...epoch }))),
    final: Object.assign({}, ...results.map(finalOf)) as object,
    msPerStep: msPerStep(results.flatMap(({ epochs }) => epochs)),
  };
  if (json) await writeOutput(json, JSON.stringify(all, null, 2) + '\n');
  if (!report) return;
  const path = await writeReport(report, sentimentPage(kernels, settings, data, results));
  console.log(printable(`page     ${path}`));
}

/** The chapter's split under plain names, the other with `Distinct` behind them. */
function finalOf(result: TestResult): object {
  const fields = Object.entries(result).filter(([name]) => name !== 'split' && name !== 'epochs');
  const ending = result.split === 'random' ? '' : 'Distinct';
  return Object.fromEntries(fields.map(([name, value]) => [name + ending, value as unknown]));
}
