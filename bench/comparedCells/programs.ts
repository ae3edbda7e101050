/** The four programs in which cells are compared: how each is run, what it is judged by, and its model. */
import type { CellName, EpochRecord, Kernels, Model } from '../../models/index.js';
import { readBook } from '../../tasks/alice/book.js';
import { CHAPTER } from '../../tasks/alice/alice.js';
import { characterModel } from '../../tasks/alice/model.js';
import { rhythmOf } from '../../tasks/electricity/clock.js';
import { createForecaster, FORECASTER_UNITS } from '../../tasks/electricity/forecaster.js';
import { QUARTER } from '../../datasets/index.js';
import { readCorpus } from '../../tasks/pos/corpus.js';
import { createPosModel } from '../../tasks/pos/model.js';
import { tagger } from '../../tasks/pos/tagger.js';
import { sentimentModel, UNITS as SENTIMENT_UNITS, WORDS } from '../../tasks/sentiment/model.js';

/** What a program wrote with `--json`. */
export interface RunResults {
  readonly kernels: string;
  readonly epochs: readonly (EpochRecord & { readonly model?: string; readonly bitsPerCharacter?: number })[];
  readonly final: Readonly<Record<string, number>>;
}

export interface ComparedProgram {
  /** The heading, and the beginning of the names of its files. */
  readonly name: string;
  /** The program on the command line. */
  readonly task: string;
  /** Its arguments, besides cell, units and seed. */
  readonly args: readonly string[];
  readonly about: string;
  /** What it is judged by. */
  readonly score: string;
  readonly isBetter: 'less' | 'more';
  readonly digits: number;
  readonly scoreOf: (results: RunResults) => number;
  /** The program's own model, whose number of parameters the others get. */
  readonly own: { readonly cell: CellName; readonly units: number };
  readonly modelOf: (kernels: Kernels, cell: CellName, units: number) => Model;
}

const rest = { batch: 1, seed: 0 };

export async function comparedPrograms(): Promise<ComparedProgram[]> {
  const characters = readBook(null).record.vocabulary.length;
  const { sentences } = await readCorpus(null, null);
  const classes = ['PAD', ...new Set(sentences.flatMap(({ tags }) => tags))];
  // Of the bundled load.
  const rhythm = rhythmOf(QUARTER)!;
  const alice = {
    task: 'alice',
    score: 'bits per character, on the last tenth of the book',
    ...{ isBetter: 'less', digits: 3, own: CHAPTER },
    scoreOf: ({ epochs }) => epochs.at(-1)!.bitsPerCharacter!,
    modelOf: (kernels, cell, units) => characterModel(kernels, { ...CHAPTER, cell, units }, characters),
  } as const satisfies Partial<ComparedProgram>;
  // After 10 epochs none has learned what it could: who is ahead depends on the rate, which suits the RNN.
  const tenEpochs = ['--validation', '0.1', '--epochs', '10'];
  return [
    {
      ...{ name: 'alice', ...alice, args: tenEpochs },
      about:
        'Windows of 10 characters, 10 epochs, RMSprop at the rate of 0.001, which was chosen for the RNN',
    },
    {
      ...{ name: 'alice-lr-3e-3', ...alice, args: [...tenEpochs, '--lr', '3e-3'] },
      about: 'The same at three times the rate',
    },
    {
      ...{ name: 'sentiment', task: 'sentiment' },
      args: ['--split', 'distinct'],
      about: 'An embedding of 128, dropout, 10 epochs, Adam',
      score: 'accuracy on sentences that are not in the training set',
      ...{ isBetter: 'more', digits: 3, own: { cell: 'lstm', units: SENTIMENT_UNITS } },
      scoreOf: ({ final }) => final.accuracyDistinct!,
      modelOf: (kernels, cell, units) => sentimentModel(kernels, { ...rest, cell, units }, WORDS),
    },
    {
      ...{ name: 'pos', task: 'pos' },
      args: ['--model', 'tagger'],
      about: 'Bidirectional, words with endings and capitals, 6 epochs, Adam',
      score: 'accuracy on the words of held-out sentences',
      ...{ isBetter: 'more', digits: 4, own: tagger.defaults },
      scoreOf: ({ final }) => final.accuracyWords!,
      modelOf: (kernels, cell, units) => {
        const settings = { ...rest, ...tagger.defaults, model: 'tagger', cell, units } as const;
        return createPosModel(kernels, { settings, symbols: [], classes }).model;
      },
    },
    {
      ...{ name: 'electricity', task: 'electricity' },
      // The chapter's two models are trained by the same program, and not compared.
      args: ['--epochs', '1', '--forecast-epochs', '20'],
      about: 'One step ahead, the state carried along the days, 20 epochs, Adam',
      score: 'root mean squared error of readings scaled to (0, 1), on the last 30%',
      ...{ isBetter: 'less', digits: 5, own: { cell: 'lstm', units: FORECASTER_UNITS } },
      scoreOf: ({ final }) => final.rmseOneStep!,
      modelOf: (kernels, cell, units) => createForecaster(kernels, { ...rest, cell, units }, rhythm).model,
    },
  ];
}
