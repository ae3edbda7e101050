/**
 * One training on the page. It is that of `alice`: the same windows, the same bits, and checkpoints that
 * either continues.
 */
import { decodeText } from '../../../datasets/index.js';
import * as nn from '../../../models/index.js';
import { writeSample } from '../../alice/generate.js';
import { characterModel, type AliceSettings, type AliceState } from '../../alice/model.js';
import { cutBook, type Book, type CutBook } from '../../alice/windows.js';
import type { Checked, Look, Written } from '../protocol.js';
import type { Settings } from '../state.js';
import { createCheck, type Place } from './check.js';
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

export class Session {
  readonly settings: Settings;
  readonly vocabulary: readonly string[];
  readonly parameters: number;
  /** One window, forward and backward. */
  readonly look: (characters: string) => Look;
  /** By distance, the norms of the gradient of the state that carries the memory. */
  readonly reach: () => { state: string; norms: number[] };
  readonly #trainer: nn.Trainer;
  readonly #state: AliceState;
  readonly #cut: CutBook;
  readonly #ids: Int32Array;
  readonly #sampling: nn.Random;
  /** For what is written after an epoch. */
  readonly #window: nn.Graph;
  readonly #write: (opening: string, step: number) => Written;
  readonly #createCheck: () => ReturnType<typeof createCheck>;
  #check: ReturnType<typeof createCheck> | null = null;
  /** Rate and clip may change between two batches; loss and norm are those of the last one. */
  readonly #now: { rate: number; clip: number | null; loss: number; norm: number };

  /**
   * @param saved null: a new training
   * @throws InputError when the text is too short for one window, or the checkpoint does not fit
   */
  constructor(kernels: nn.Kernels, settings: Settings, { record, ids }: Book, saved: Saved | null) {
    const { cell: name, units, steps, seed, rate, clip } = settings;
    const { vocabulary } = record;
    const cell: nn.Cell = nn.cells[name];
    const task = taskSettings(settings);
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.#ids = ids;
    this.#cut = cutBook(ids, record.source, task);
    this.#now = { rate, clip, loss: NaN, norm: NaN };
    const make = (k: nn.Kernels) => characterModel(k, task, vocabulary.length);
    const model = make(kernels);
    setForgetBias(model, cell, units, settings.bias);
    setSpectralRadius(model, cell, settings.radius);
    this.#trainer = this.#createTrainer(model);
    this.#sampling = nn.createRandom(seed, 'sampling');
    const opening = decodeText(vocabulary, ids.subarray(0, steps));
    const position = nn.initialFitState;
    const start = { settings: task, book: record, opening, position, sampling: this.#sampling.state() };
    this.#state = saved?.state ?? { task: 'alice', ...start, epochs: [] };
    this.#sampling.restore(this.#state.sampling);
    if (saved) nn.restoreTrainer(this.#trainer, saved.checkpoint, saved.source);

    this.parameters = model.parameters.values.size;
    this.#window = nn.unroll(model, { batch: 1, steps });
    this.look = createLook(model, cell, vocabulary, steps);
    this.reach = createReach(model, cell, ids);
    this.#write = createWriter(model, vocabulary);
    this.#createCheck = () => createCheck(model, cell, make, vocabulary, steps);
  }

  #createTrainer(model: nn.Model): nn.Trainer {
    const now = this.#now;
    const trainer = nn.createTrainer(model, nn.rmsprop({ rate: () => now.rate }), (k, parameters) => {
      now.norm = Math.sqrt(k.sumOfSquares(parameters.gradients));
      if (now.clip !== null) nn.clipByGlobalNorm(now.clip)(k, parameters);
    });
    const step = trainer.step.bind(trainer);
    trainer.step = (graphs) => (now.loss = step(graphs));
    return trainer;
  }

  /** Batches so far. */
  get steps(): number {
    return this.#trainer.steps;
  }

  /** Takes effect at the next batch. */
  set(rate: number, clip: number | null): void {
    Object.assign(this.#now, { rate, clip });
    Object.assign(this.#state.settings, { lr: rate, clip });
  }

  /**
   * Trains until the signal is aborted. @throws InputError when the loss or a gradient is no longer finite
   */
  async train(signal: AbortSignal, afterStep: (result: StepResult) => void): Promise<void> {
    const { batch, steps, seed } = this.settings;
    const state = this.#state;
    state.position = await nn.fit(this.#trainer, this.#cut.training, {
      ...{ batch, epochs: Number.MAX_SAFE_INTEGER, signal, state: state.position },
      unroll: { steps, loss: 'softmaxCrossEntropy' },
      shuffle: nn.createRandom(seed, 'shuffle'),
      onStep: ({ epoch }) => {
        const { loss, norm } = this.#now;
        afterStep({ step: this.steps, epoch, bits: loss / Math.LN2, norm });
      },
      // What `alice` does after an epoch with its default temperature.
      onEpoch: async (record, position) => {
        const choice = { temperature: 0, random: this.#sampling };
        const sample = await writeSample(this.#window, this.#cut.ids, this.vocabulary, choice);
        state.epochs.push({ ...record, ...sample });
        state.position = position;
        state.sampling = this.#sampling.state();
      },
    });
  }

  /** What it writes now, after the text's opening. */
  write(): Written {
    return this.#write(this.#state.opening, this.steps);
  }

  /** The derivative of a number of the last look, and its finite difference. */
  check(look: Look, place: Place): Omit<Checked, 'id'> {
    this.#check ??= this.#createCheck();
    return this.#check(look, place);
  }

  /** T + 1 characters: the last of these, filled up from the left with the text's opening. */
  windowOf(characters: string): string {
    const { steps } = this.settings;
    const known = [...characters].filter((one) => this.vocabulary.includes(one)).join('');
    const opening = decodeText(this.vocabulary, this.#ids.subarray(0, steps + 1));
    return (opening.slice(0, Math.max(0, steps + 1 - known.length)) + known).slice(-steps - 1);
  }

  /** A checkpoint, which `alice` opens as well. Not while it trains. */
  save(): Promise<Uint8Array> {
    return nn.encodeCheckpoint(this.#trainer, this.#state);
  }
}

/** The settings of `alice` that train the same model. */
const taskSettings = ({ cell, units, steps, batch, seed, rate, clip }: Settings): AliceSettings => ({
  ...{
    cell,
    units,
    layers: 1,
    batch,
    seqlen: steps,
    lr: rate,
    clip,
    seed,
    validation: 0,
    characters: 'ascii',
  },
});

/**
 * By distance, the norms of a new tanh-RNN of the same size on the same text: what other cells are compared
 * with.
 */
export function ghostOf(kernels: nn.Kernels, settings: Settings, { ids, record }: Book): number[] {
  const { rnn } = nn.cells;
  const model = characterModel(kernels, taskSettings({ ...settings, cell: 'rnn' }), record.vocabulary.length);
  setSpectralRadius(model, rnn, settings.radius);
  return createReach(model, rnn, ids)().norms;
}
