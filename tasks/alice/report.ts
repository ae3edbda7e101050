/** What Alice prints, and the JSON object it writes. */
import type { Kernels, Model } from '../../models/index.js';
import type { AliceEpoch, AliceSettings, AliceState } from './state.js';
import type { BookRecord } from './book.js';
import { writeOutput } from '../common/files.js';
import { describeKernels } from '../common/kernels.js';
import { printable } from '../common/printable.js';

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

/** How the text was written. */
export interface Writing {
  seed: number;
  temperature: number;
  /** What was written at the end; null: nothing (yet). */
  text: string | null;
}

/** Writes the results as one JSON object. */
export async function writeResults(
  path: string,
  { settings, book, epochs }: AliceState,
  kernels: Kernels,
  { seed, temperature, text }: Writing,
): Promise<void> {
  const { source, sha256, characters, vocabulary } = book;
  const last = epochs.at(-1);
  const sum = (field: 'ms' | 'steps') => epochs.reduce((total, epoch) => total + epoch[field], 0);
  const results = {
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
  await writeOutput(path, JSON.stringify(results, null, 2) + '\n');
}
