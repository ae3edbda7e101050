/** One training on the page. It is that of `alice`: the same windows, the same bits, and checkpoints that either continues. */
import { decodeText } from '../../../datasets/index.js';
import * as nn from '../../../models/index.js';
import { writeSample } from '../../alice/generate.js';
import { characterModel, type AliceSettings, type AliceState } from '../../alice/model.js';
import { cutBook, type Book } from '../../alice/windows.js';
import type { Settings } from '../state.js';
import { createCheck } from './check.js';
import { createLook } from './look.js';
import { createReach } from './reach.js';
import { setForgetBias, setSpectralRadius } from './starts.js';
import { createWriter } from './write.js';

/** A checkpoint to continue from. */
export interface Saved {
  readonly checkpoint: nn.Checkpoint;
  readonly state: AliceState;
  readonly source: string;
}

/** A batch that was trained on. */
export interface StepResult {
  /** Counted from 1 at the start of the training. */
  readonly step: number;
  readonly epoch: number;
  /** Bits per character. */
  readonly bits: number;
  /** Norm of the gradient, before clipping. */
  readonly norm: number;
}

export type Session = ReturnType<typeof createSession>;

/**
 * @param saved null: a new training
 * @throws InputError when the text is too short for one window
 */
export function createSession(kernels: nn.Kernels, settings: Settings, book: Book, saved: Saved | null) {
  const { record, ids } = book;
  const { vocabulary } = record;
  const { cell: name, units, steps, batch, seed } = settings;
  const cell: nn.Cell = nn.cells[name];
  const task = taskSettings(settings);
  const cut = cutBook(ids, record.source, task);
  const make = (k: nn.Kernels) => characterModel(k, task, vocabulary.length);
  const model = make(kernels);
  setForgetBias(model, cell, units, settings.bias);
  setSpectralRadius(model, cell, settings.radius);

  const now = { rate: settings.rate, clip: settings.clip, loss: NaN, norm: NaN };
  const trainer = nn.createTrainer(model, nn.rmsprop({ rate: () => now.rate }), (k, parameters) => {
    now.norm = Math.sqrt(k.sumOfSquares(parameters.gradients));
    if (now.clip !== null) nn.clipByGlobalNorm(now.clip)(k, parameters);
  });
  const stepOnce = trainer.step;
  trainer.step = (graphs) => (now.loss = stepOnce(graphs));

  const sampling = nn.createRandom(seed, 'sampling');
  const state: AliceState = saved?.state ?? {
    ...{
      task: 'alice',
      settings: task,
      book: record,
      opening: decodeText(vocabulary, ids.subarray(0, steps)),
    },
    ...{ position: nn.initialFitState, sampling: sampling.state(), epochs: [] },
  };
  sampling.restore(state.sampling);
  if (saved) nn.restoreTrainer(trainer, saved.checkpoint, saved.source);

  const window = nn.unroll(model, { batch: 1, steps });
  const writer = createWriter(model, vocabulary);
  const look = createLook(model, cell, vocabulary, steps);
  let check: ReturnType<typeof createCheck> | null = null;

  /** Trains until the signal is aborted. @throws InputError when the loss or a gradient is no longer finite */
  async function train(signal: AbortSignal, afterStep: (result: StepResult) => void): Promise<void> {
    state.position = await nn.fit(trainer, cut.training, {
      ...{ batch, epochs: Number.MAX_SAFE_INTEGER, signal, state: state.position },
      unroll: { steps, loss: 'softmaxCrossEntropy' },
      shuffle: nn.createRandom(seed, 'shuffle'),
      onStep({ epoch }) {
        afterStep({ step: trainer.steps, epoch, bits: now.loss / Math.LN2, norm: now.norm });
      },
      // What `alice` does after an epoch with its default temperature.
      async onEpoch(record, position) {
        const sample = await writeSample(window, cut.ids, vocabulary, { temperature: 0, random: sampling });
        state.epochs.push({ ...record, ...sample });
        state.position = position;
        state.sampling = sampling.state();
      },
    });
  }

  return {
    ...{ settings, model, cell, vocabulary, train, look },
    parameters: model.parameters.values.size,
    steps: () => trainer.steps,
    reach: createReach(model, cell, ids),
    /** Takes effect at the next batch. */
    set(rate: number, clip: number | null) {
      Object.assign(now, { rate, clip });
      Object.assign(state.settings, { lr: rate, clip });
    },
    write: () => writer(state.opening, trainer.steps),
    check(...given: Parameters<ReturnType<typeof createCheck>>) {
      check ??= createCheck(model, cell, make, vocabulary, steps);
      return check(...given);
    },
    /** T + 1 characters: the last of these, filled up from the left with the text's opening. */
    window(characters: string): string {
      const known = [...characters].filter((one) => vocabulary.includes(one)).join('');
      const opening = decodeText(vocabulary, ids.subarray(0, steps + 1));
      return (opening.slice(0, Math.max(0, steps + 1 - known.length)) + known).slice(-steps - 1);
    },
    save: () => nn.encodeCheckpoint(trainer, state),
  };
}

/** The settings of `alice` that train the same model. */
const taskSettings = ({ cell, units, steps, batch, seed, rate, clip }: Settings): AliceSettings => ({
  ...{ cell, units, layers: 1, batch, seqlen: steps, lr: rate, clip, seed, validation: 0 },
});

/** By distance, the norms of a new tanh-RNN of the same size on the same text: what other cells are compared with. */
export function ghostOf(kernels: nn.Kernels, settings: Settings, { ids, record }: Book): number[] {
  const { rnn } = nn.cells;
  const model = characterModel(kernels, taskSettings({ ...settings, cell: 'rnn' }), record.vocabulary.length);
  setSpectralRadius(model, rnn, settings.radius);
  return createReach(model, rnn, ids)().norms;
}
