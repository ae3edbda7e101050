/** What Alice prints, and the results it writes. */
import type { Kernels, Model } from '../../models/index.js';
import { alicePage } from './page.js';
import type { AliceRun, Writing } from './options.js';
import type { AliceEpoch, AliceSettings, AliceState } from './state.js';
import type { BookRecord } from './book.js';
import { writeOutput } from '../common/files.js';
import { describeKernels } from '../common/kernels.js';
import { printable } from '../common/printable.js';
import { writeReport } from '../report/index.js';

export function printBook({ source, sha256, characters, vocabulary }: BookRecord): void {
  console.log(`text     ${printable(source)}`);
  console.log(`         ${characters} characters, ${vocabulary.length} distinct, sha256 ${sha256}`);
}

export function printModel(
  { kernels, parameters }: Model,
  { layers, cell, units, seed }: AliceSettings,
): void {
  const stack = layers === 1 ? cell : `${layers} x ${cell}`;
  console.log(`model    ${stack} ${units}, ${parameters.values.size} parameters, seed ${seed}`);
  console.log(`kernels  ${describeKernels(kernels)}`);
}

export function printEpoch({ epoch, loss, ms, bitsPerCharacter, seedText, text }: AliceEpoch): void {
  const heldOut =
    bitsPerCharacter === undefined ? '' : `, held out ${bitsPerCharacter.toFixed(3)} bits per character`;
  console.log('='.repeat(50));
  console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}${heldOut}, ${(ms / 1000).toFixed(1)} s`);
  console.log(`Generating from seed: ${printable(seedText)}`);
  console.log(printable(seedText + text));
}

/** A mean cross-entropy in nats, also as bits per character. */
export function bits(validationLoss: number): { validationLoss: number; bitsPerCharacter: number } {
  return { validationLoss, bitsPerCharacter: validationLoss / Math.LN2 };
}

/**
 * Writes the results wherever the run wants them: as one JSON object, as a page with charts.
 * @returns the path of the page; null: none was asked for
 */
export async function writeResults(
  { json, report }: AliceRun,
  state: AliceState,
  kernels: Kernels,
  writing: Writing,
): Promise<string | null> {
  if (json) await writeOutput(json, JSON.stringify(asJson(state, kernels, writing), null, 2) + '\n');
  return report ? writeReport(report, alicePage(state, kernels, writing)) : null;
}

function asJson(
  { settings, book, epochs }: AliceState,
  kernels: Kernels,
  { seed, temperature, text }: Writing,
): object {
  const { source, sha256, characters, vocabulary } = book;
  const last = epochs.at(-1);
  const sum = (field: 'ms' | 'steps') => epochs.reduce((total, epoch) => total + epoch[field], 0);
  return {
    task: 'alice',
    seed,
    temperature,
    kernels: kernels.name,
    threads: kernels.threads,
    settings,
    data: { source, sha256, characters, vocabulary: vocabulary.length },
    epochs,
    final: {
      loss: last?.loss ?? null,
      ...(last?.bitsPerCharacter !== undefined && { bitsPerCharacter: last.bitsPerCharacter }),
      text: text ?? last?.text ?? '',
    },
    msPerStep: sum('ms') / sum('steps'),
  };
}
