/** The page of a run of Alice: how the loss fell, and how the writing grew. */
import type { Kernels } from '../../models/index.js';
import type { Writing } from './options.js';
import { trainingLosses, validationLosses, type AliceEpoch, type AliceState } from './state.js';
import { describeKernels } from '../common/kernels.js';
import { duration } from '../common/progress.js';
import type { LineChart, Page, Section, Series } from '../report/index.js';

export function alicePage(state: AliceState, kernels: Kernels, { temperature, text }: Writing): Page {
  const { settings, book, epochs, opening } = state;
  return {
    task: 'alice',
    title: 'A recurrent network learns to write',
    intro: [`It has read ${book.source}, ${settings.seqlen} characters at a time, and guesses the next one.`],
    sections: [
      ...(epochs.length > 0 ? [training(state), writingByEpoch(epochs)] : []),
      ...(text === null ? [] : [writingAtTheEnd(opening, temperature, text)]),
      thisRun(state, kernels),
    ],
  };
}

function training(state: AliceState): Section {
  const heldOut = validationLosses(state);
  const losses = [byEpoch('training', trainingLosses(state))];
  if (heldOut.length === 0) return { heading: 'Training', content: [lossChart(losses)] };
  const bits = byEpoch(
    'held out',
    heldOut.map((loss) => loss / Math.LN2),
  );
  return {
    heading: 'Training',
    text: 'The end of the text was held out: the loss on it is the one that counts.',
    content: [
      lossChart([...losses, byEpoch('held out', heldOut)]),
      {
        kind: 'lineChart',
        title: 'Held-out text after each epoch',
        x: 'epoch',
        y: 'bits per character',
        series: [bits],
      },
    ],
  };
}

const byEpoch = (name: string, values: readonly number[]): Series => ({
  name,
  points: values.map((value, n) => [n + 1, value]),
});

const lossChart = (series: readonly Series[]): LineChart => ({
  kind: 'lineChart',
  title: 'Loss after each epoch',
  x: 'epoch',
  y: 'cross-entropy of a character, nats',
  series,
});

const writingByEpoch = (epochs: readonly AliceEpoch[]): Section => ({
  heading: 'What it wrote after each epoch',
  text: 'It continues some characters of the text, here in grey.',
  content: [
    {
      kind: 'texts',
      texts: epochs.map(({ epoch, seedText, text }) => ({ label: `epoch ${epoch}`, lead: seedText, text })),
    },
  ],
});

const writingAtTheEnd = (opening: string, temperature: number, text: string): Section => ({
  heading: 'What it wrote in the end',
  content: [{ kind: 'texts', texts: [{ label: `temperature ${temperature}`, lead: opening, text }] }],
});

function thisRun({ settings, book, epochs }: AliceState, kernels: Kernels): Section {
  const { cell, layers, units, batch, lr, clip, seed, validation } = settings;
  const { loss, bitsPerCharacter } = epochs.at(-1) ?? {};
  const seconds = epochs.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  const facts: [string, string | number][] = [
    ['text', book.source],
    ['characters', `${book.characters.toLocaleString('en')}, ${book.vocabulary.length} distinct`],
    ['sha256 of the file', book.sha256],
    ['model', `${layers === 1 ? '' : `${layers} x `}${cell} ${units}`],
    ['optimizer', `RMSprop, learning rate ${lr}${clip === null ? '' : `, gradient clipped to ${clip}`}`],
    ['windows per step', batch],
    ['seed', seed],
    ['epochs', `${epochs.length}, in ${duration(seconds)}`],
  ];
  if (loss !== undefined) facts.push(['last loss', `${loss.toFixed(4)} nats`]);
  if (bitsPerCharacter !== undefined) {
    facts.push(['held out', `${validation} of the text, ${bitsPerCharacter.toFixed(3)} bits per character`]);
  }
  facts.push(['kernels', describeKernels(kernels)], ['date', new Date().toISOString().slice(0, 10)]);
  return { heading: 'This run', content: [{ kind: 'facts', facts }] };
}
