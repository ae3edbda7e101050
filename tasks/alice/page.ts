/** The page of a run of Alice: how the loss fell, and how the writing grew. */
import type { Kernels } from '../../models/index.js';
import type { Writing } from './run.js';
import { trainingLosses, validationLosses, type AliceEpoch, type AliceState } from './state.js';
import { describeKernels } from '../common/kernels.js';
import { duration } from '../common/progress.js';
import type { Page, Section, Series } from '../report/index.js';

export function alicePage(state: AliceState, kernels: Kernels, writing: Writing): Page {
  const { settings, book, epochs } = state;
  const { cell, layers, units, seqlen } = settings;
  const stack = layers === 1 ? `a layer of ${units} units` : `${layers} layers of ${units} units`;
  return {
    task: 'alice',
    title: 'A recurrent network learns to write',
    intro: [
      `It reads ${seqlen} characters and guesses the next: a ${cell.toUpperCase()} with ${stack}, trained on ${book.source}.`,
    ],
    sections: [
      ...(epochs.length > 0 ? [training(state), writingByEpoch(epochs)] : []),
      ...(writing.text === null ? [] : [writtenAtTheEnd(state, writing, writing.text)]),
      thisRun(state, kernels),
    ],
  };
}

function training(state: AliceState): Section {
  const byEpoch = (name: string, losses: number[]): Series => ({
    name,
    points: losses.map((loss, n) => [n + 1, loss]),
  });
  const heldOut = validationLosses(state);
  return {
    heading: 'Training',
    content: [
      {
        kind: 'lineChart',
        title: 'Loss after each epoch',
        x: 'epoch',
        y: 'cross-entropy of a character, nats',
        series: [
          byEpoch('training', trainingLosses(state)),
          ...(heldOut.length > 0 ? [byEpoch('held out', heldOut)] : []),
        ],
      },
    ],
  };
}

function writingByEpoch(epochs: readonly AliceEpoch[]): Section {
  return {
    heading: 'What it wrote after each epoch',
    text: 'It continues some characters of the text, here in grey.',
    content: [
      {
        kind: 'texts',
        texts: epochs.map(({ epoch, seedText, text }) => ({ label: `epoch ${epoch}`, lead: seedText, text })),
      },
    ],
  };
}

function writtenAtTheEnd({ opening }: AliceState, { temperature }: Writing, text: string): Section {
  return {
    heading: 'What it wrote in the end',
    content: [{ kind: 'texts', texts: [{ label: `temperature ${temperature}`, lead: opening, text }] }],
  };
}

function thisRun({ settings, book, epochs }: AliceState, kernels: Kernels): Section {
  const { batch, lr, clip, seed, validation } = settings;
  const last = epochs.at(-1);
  const bits = last?.bitsPerCharacter;
  const seconds = epochs.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  return {
    heading: 'This run',
    content: [
      {
        kind: 'facts',
        facts: [
          ['text', book.source],
          ['characters', `${book.characters.toLocaleString('en')}, ${book.vocabulary.length} distinct`],
          ['sha256 of the file', book.sha256],
          ['epochs', `${epochs.length}, ${duration(seconds)}`],
          ...(last ? [['last loss', `${last.loss.toFixed(4)} nats`] as const] : []),
          ...(bits === undefined
            ? []
            : [
                ['held out', `the last ${100 * validation}% of the text`] as const,
                ['last loss held out', `${bits.toFixed(3)} bits per character`] as const,
              ]),
          [
            'optimizer',
            `RMSprop, learning rate ${lr}${clip === null ? '' : `, gradient clipped to ${clip}`}`,
          ],
          ['windows per step', batch],
          ['seed', seed],
          ['kernels', describeKernels(kernels)],
          ['date', new Date().toISOString().slice(0, 10)],
        ],
      },
    ],
  };
}
