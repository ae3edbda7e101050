/** The program's output: lines in the terminal, and the page of a run. */
import type { Model } from '../../models/index.js';
import { describeKernels } from '../common/kernels.js';
import { printable, whole } from '../common/printable.js';
import { print, say } from '../common/say.js';
import type { Section, Series } from '../report/index.js';
import { byEpoch, epochChart, durationOf } from '../task/page.js';
import type { Results, RunPage } from '../task/results.js';
import type { BookRecord } from './windows.js';
import type { AliceEpoch, AliceSettings, AliceState } from './model.js';

export function printStart(book: BookRecord, { kernels, parameters }: Model, settings: AliceSettings): void {
  say('data', book.source);
  print(
    `         ${whole(book.characters)} characters, ${book.vocabulary.length} distinct, sha256 ${book.sha256}`,
  );
  const told = [encodingOf(book), droppedOf(book)].filter((one) => one !== null);
  for (const line of told) print(`         ${line}`);
  say('model', `${stack(settings)}, ${whole(parameters.values.size)} parameters, seed ${settings.seed}`);
  print(`kernels  ${describeKernels(kernels)}`);
}

/** `encoded as UTF-16 LE`; null for what most files are. */
const encodingOf = ({ encoding = 'UTF-8' }: BookRecord) =>
  encoding === 'UTF-8' ? null : `encoded as ${encoding}`;

/** `dropped 3,120 of 4,680 characters that are not ASCII; --characters all keeps them`; null: none */
const droppedOf = ({ characters, dropped = 0 }: BookRecord) =>
  dropped === 0
    ? null
    : `dropped ${whole(dropped)} of ${whole(characters + dropped)} characters that are not ASCII; ` +
      '--characters all keeps them';

/** `2 x lstm 128` */
const stack = ({ layers, cell, units }: AliceSettings) =>
  `${layers === 1 ? '' : `${layers} x `}${cell} ${units}`;

/** Prints a text that the model has written, its beginning included. */
export const printText = (text: string): void => say('text', text);

export function printEpoch({ epoch, loss, ms, bitsPerCharacter, seedText, text }: AliceEpoch): void {
  const heldOut =
    bitsPerCharacter === undefined ? '' : `, held out ${bitsPerCharacter.toFixed(3)} bits per character`;
  print('='.repeat(50));
  print(`epoch ${epoch}: loss ${loss.toFixed(4)}${heldOut}, ${(ms / 1000).toFixed(1)} s`);
  print(`Generating from seed: ${printable(seedText)}`);
  print(printable(seedText + text));
}

/**
 * The results of a run.
 * @param chance the sampling settings
 * @param text   the text written at the end; null: none (yet)
 */
export function resultsOf(
  state: AliceState,
  chance: { seed: number; temperature: number },
  text: string | null,
): Results {
  const { book, epochs } = state;
  const { source, sha256, characters, vocabulary, encoding, dropped } = book;
  const last = epochs.at(-1);
  return {
    chance,
    data: { source, sha256, encoding, characters, dropped, vocabulary: vocabulary.length },
    epochs,
    final: {
      loss: last?.loss ?? null,
      ...(last?.bitsPerCharacter !== undefined && { bitsPerCharacter: last.bitsPerCharacter }),
      text: text ?? last?.text ?? '',
    },
    page: () => alicePage(state, chance.temperature, text),
  };
}

/** The page of a run: the loss, and the generated text after each epoch. */
function alicePage(state: AliceState, temperature: number, text: string | null): RunPage {
  const { settings, book, epochs, opening } = state;
  return {
    title: 'A recurrent network learns to write',
    intro: [`It reads ${book.source}, ${settings.seqlen} characters at a time, and predicts the next one.`],
    sections: [
      ...(epochs.length > 0 ? [training(epochs), writingByEpoch(epochs)] : []),
      ...(text === null ? [] : [writingAtTheEnd(opening, temperature, text)]),
    ],
    facts: factsOf(state),
  };
}

function training(epochs: readonly AliceEpoch[]): Section {
  const heldOut = epochs.filter(({ validationLoss }) => validationLoss !== undefined);
  const lossChart = (...series: Series[]) =>
    epochChart('Loss after each epoch', 'cross-entropy of a character, nats', series);
  const losses = byEpoch('training', epochs, ({ loss }) => loss);
  if (heldOut.length === 0) return { heading: 'Training', content: [lossChart(losses)] };
  return {
    heading: 'Training',
    text: 'The end of the text was held out; the loss on it is the one that counts.',
    content: [
      lossChart(
        losses,
        byEpoch('held out', heldOut, ({ validationLoss }) => validationLoss),
      ),
      epochChart('Held-out text after each epoch', 'bits per character', [
        byEpoch('held out', heldOut, ({ bitsPerCharacter }) => bitsPerCharacter),
      ]),
    ],
  };
}

const writingByEpoch = (epochs: readonly AliceEpoch[]): Section => ({
  heading: 'What it wrote after each epoch',
  text: 'Each text continues a window of the book, shown in grey.',
  content: [
    {
      kind: 'texts',
      texts: epochs.map(({ epoch, seedText, text }) => ({ label: `epoch ${epoch}`, lead: seedText, text })),
    },
  ],
});

const writingAtTheEnd = (opening: string, temperature: number, text: string): Section => ({
  heading: 'What it wrote at the end',
  content: [{ kind: 'texts', texts: [{ label: `temperature ${temperature}`, lead: opening, text }] }],
});

function factsOf({ settings, book, epochs }: AliceState): RunPage['facts'] {
  const { batch, lr, clip, seed, validation } = settings;
  const { loss, bitsPerCharacter } = epochs.at(-1) ?? {};
  const facts: [string, string | number][] = [
    ['text', book.source],
    ['characters', `${whole(book.characters)}, ${book.vocabulary.length} distinct`],
    ...(book.dropped ? [['dropped, not ASCII', whole(book.dropped)] as [string, string]] : []),
    ['sha256 of the file', book.sha256],
    ['model', stack(settings)],
    ['optimizer', `RMSprop, learning rate ${lr}${clip === null ? '' : `, gradient clipped to ${clip}`}`],
    ['windows per step', batch],
    ['seed', seed],
    ['epochs', `${epochs.length}, in ${durationOf(epochs)}`],
  ];
  if (loss !== undefined) facts.push(['last loss', `${loss.toFixed(4)} nats`]);
  if (bitsPerCharacter !== undefined) {
    facts.push(['held out', `${validation} of the text, ${bitsPerCharacter.toFixed(3)} bits per character`]);
  }
  return facts;
}
