/** The results of a run, on the disk. */
import type { Kernels } from '../../models/index.js';
import { writeOutput } from '../common/files.js';
import { printable } from '../common/printable.js';
import { msPerStep } from '../common/training.js';
import { writeReport } from '../report/index.js';
import { tagScores } from './confusion.js';
import { posPage } from './page.js';
import type { PosResults, PosRun } from './run.js';

/** Writes the results wherever the run wants them: as one JSON object, as a page with charts. */
export async function writeResults(
  { json, report }: PosRun,
  results: PosResults,
  kernels: Kernels,
): Promise<void> {
  if (json) await writeOutput(json, JSON.stringify(asJson(results, kernels), null, 2) + '\n');
  if (report) console.log(printable(`report   ${await writeReport(report, posPage(results, kernels))}`));
}

function asJson({ state, epochs, baselines, confusion }: PosResults, kernels: Kernels): object {
  const { settings, data, classes } = state;
  const last = epochs.at(-1)!;
  return {
    task: 'pos',
    seed: settings.seed,
    kernels: kernels.name,
    threads: kernels.threads,
    settings,
    data,
    epochs,
    final: {
      loss: last.loss,
      validationLoss: last.validationLoss,
      accuracyPadded: last.accuracyPadded,
      accuracyWords: last.accuracyWords,
      baselinePad: baselines.pad.accuracyPadded,
      baselineMostFrequentTag: baselines.mostFrequentTag.accuracyWords,
      tags: tagScores(confusion, classes),
    },
    msPerStep: msPerStep(epochs),
  };
}
