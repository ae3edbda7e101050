/**
 * What the worker does with each message of the page. It knows nothing of workers, so that it can be tested
 * anywhere.
 */
import { DataError } from '../../../datasets/index.js';
import { InputError, type Kernels } from '../../../models/index.js';
import type { Book } from '../../alice/windows.js';
import type { FileView, FromWorker, Look, Point, ToWorker } from '../protocol.js';
import type { Settings } from '../state.js';
import { Reports, type Report } from './reports.js';
import { readSaved } from './saved.js';
import { ghostOf, Session, type Saved } from './session.js';
import type { ModelFile } from './modelFile.js';
import { readText } from './text.js';

export type Post = (message: FromWorker, transfer?: readonly ArrayBufferLike[]) => void;

interface Running {
  readonly stop: AbortController;
  /** One batch, not until it is paused. */
  readonly isOne: boolean;
  /** Whether it ended by itself. */
  readonly ended: Promise<boolean>;
}

export class Playground {
  readonly #post: Post;
  readonly #openKernels: () => Promise<Kernels>;
  /** Ends when the last message has been answered. */
  #last: Promise<void> = Promise.resolve();
  #kernels: Kernels | null = null;
  #session: Session | null = null;
  #generation = 0;
  /** The window that is looked at, and how it was when it was last shown. */
  #characters = '';
  #shown: Look | null = null;
  #reports: Reports | null = null;
  /** The model that was opened from a file. */
  #file: ModelFile | null = null;
  /** The training that runs now; null: none. */
  #running: Running | null = null;

  /**
   * @param post        sends a message to the page
   * @param openKernels new kernels for each training; those of the last one are closed
   */
  constructor(post: Post, openKernels: () => Promise<Kernels>) {
    this.#post = post;
    this.#openKernels = openKernels;
  }

  /** Takes a message of the page, after those before it. What cannot be done is said to the page, too. */
  receive(message: ToWorker): Promise<void> {
    return (this.#last = this.#last.then(() => this.#receive(message)));
  }

  async #receive(message: ToWorker): Promise<void> {
    try {
      await this.#answer(message);
    } catch (error) {
      const isExpected = error instanceof InputError || error instanceof DataError;
      if (!isExpected) throw error;
      const generation = 'generation' in message ? message.generation : this.#generation;
      this.#post({ type: 'refused', generation, what: sentence(error.message) });
    }
  }

  async #answer(message: ToWorker): Promise<void> {
    switch (message.type) {
      case 'start': {
        const { generation, settings, text } = message;
        return this.#start(generation, settings, readText(text, settings.steps), null);
      }
      case 'import': {
        const { settings, book, saved } = await readSaved(message.bytes, message.source, message.texts);
        return this.#start(message.generation, settings, book, saved);
      }
      case 'train':
        return this.#train(false);
      case 'step':
        return this.#train(true);
      case 'pause':
        return this.#pause();
      case 'set':
        return this.#session?.set(message.rate, message.clip);
      case 'look':
        if (!this.#session) return;
        if (message.characters !== null) this.#characters = this.#session.windowOf(message.characters);
        return this.#look();
      case 'check':
        return this.#check(message.id, message.name, message.t, message.unit);
      case 'export':
        return this.#export();
      case 'open':
        return this.#open(message.files);
      case 'view':
        return this.#view(message.view);
    }
  }

  async #start(generation: number, settings: Settings, book: Book, saved: Saved | null): Promise<void> {
    // The training before it goes on until this one is known to be possible.
    const kernels = await this.#openKernels();
    const session = await this.#create(kernels, settings, book, saved);
    await this.#stop();
    await this.#kernels?.close();
    this.#kernels = kernels;
    this.#session = session;
    this.#generation = generation;
    this.#reports = new Reports(session.vocabulary.length, settings.batch);
    this.#characters = session.windowOf('');
    const { source, vocabulary, characters } = book.record;
    const facts = {
      ...{ settings, source, vocabulary, characters, parameters: session.parameters },
      ...{ kernels: kernels.name, threads: kernels.threads, ghost: ghostOf(kernels, settings, book) },
    };
    const losses = (saved?.state.epochs ?? []).map(({ loss, steps, epoch }): Point => [
      steps * epoch,
      loss / Math.LN2,
    ]);
    this.#post({ type: 'ready', generation, facts, step: session.steps, losses });
    this.#look();
    this.#reach();
    this.#write();
  }

  /** @throws InputError when the text or the checkpoint does not fit; the kernels are closed then */
  async #create(kernels: Kernels, settings: Settings, book: Book, saved: Saved | null): Promise<Session> {
    try {
      return new Session(kernels, settings, book, saved);
    } catch (error) {
      await kernels.close();
      throw error;
    }
  }

  #look(): void {
    const shown = (this.#shown = this.#session!.look(this.#characters));
    // The arrays are given away; `check` compares with its own.
    const numbers = Object.fromEntries(Object.entries(shown.numbers).map(([name, of]) => [name, of.slice()]));
    this.#post(
      { type: 'look', generation: this.#generation, look: { ...shown, numbers } },
      Object.values(numbers).map(({ buffer }) => buffer),
    );
  }

  #reach(): void {
    this.#post({ type: 'reach', generation: this.#generation, ...this.#session!.reach() });
  }

  #write(): void {
    this.#post({ type: 'written', generation: this.#generation, written: this.#session!.write() });
  }

  /** Trains, after the batch that was asked for before. @param isOne one batch, not until it is paused */
  async #train(isOne: boolean): Promise<void> {
    if (this.#running?.isOne) await this.#running.ended;
    const session = this.#session;
    if (this.#running || !session) return;
    const generation = this.#generation;
    const stop = new AbortController();
    const reports = this.#reports!;
    reports.begin();
    let isOver = isOne;
    const ended = session
      .train(stop.signal, (result) => {
        const due = reports.after(result, isOne);
        this.#report(due);
        isOver ||= due.diverged !== null;
        if (isOver) stop.abort();
      })
      .catch((error: unknown) => {
        if (!(error instanceof InputError)) throw error;
        isOver = true;
        this.#post({ type: 'diverged', generation, why: sentence(error.message) });
      })
      .then(() => {
        this.#running = null;
        return isOver;
      });
    this.#running = { stop, isOne, ended };
    void ended.then((isOver) => {
      if (isOver) this.#rest();
    });
  }

  /** It is paused: all that is shown is of the last batch. */
  #rest(): void {
    this.#post({ type: 'idle', generation: this.#generation, step: this.#session!.steps });
    this.#look();
    this.#reach();
  }

  #report({ progress, look, reach, write, diverged }: Report): void {
    const generation = this.#generation;
    if (progress) {
      const { step, epoch, losses, charactersPerSecond, norm } = progress;
      this.#post({ type: 'progress', generation, step, epoch, losses, charactersPerSecond, norm });
    }
    if (look) this.#look();
    if (reach) this.#reach();
    if (write) this.#write();
    if (diverged !== null) this.#post({ type: 'diverged', generation, why: diverged });
  }

  /** Ends the training, after the batch that it is at. @returns whether it has interrupted it */
  async #stop(): Promise<boolean> {
    const running = this.#running;
    if (!running) return false;
    if (!running.isOne) running.stop.abort();
    return !(await running.ended);
  }

  async #pause(): Promise<void> {
    if (await this.#stop()) this.#rest();
  }

  #check(id: number, name: string, t: number, unit: number): void {
    if (!this.#session) return;
    // While it trains, the numbers on the page are of earlier weights.
    if (this.#running) this.#look();
    this.#post({ type: 'checked', checked: { id, ...this.#session.check(this.#shown!, { name, t, unit }) } });
  }

  async #export(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    // The page need not know: it goes on after that.
    const wasTraining = await this.#stop();
    const bytes = await session.save();
    const { cell, units } = session.settings;
    const name = `${cell}-${units}-after-${session.steps}.safetensors`;
    this.#post({ type: 'exported', name, bytes }, [bytes.buffer]);
    if (wasTraining) await this.#train(false);
  }

  async #open(files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    await this.#pause();
    // Only who opens a file loads what reads files.
    const { ModelFile } = await import('./modelFile.js');
    const file = await ModelFile.open(this.#openKernels, files, this.#session?.vocabulary ?? []);
    await this.#file?.close();
    this.#file = file;
    this.#post({ type: 'opened', file: file.facts, text: this.#characters });
  }

  #view(view: FileView): void {
    if (!this.#file) return;
    const look = this.#file.look(view);
    this.#post(
      { type: 'viewed', look },
      Object.values(look.numbers).map(({ buffer }) => buffer),
    );
  }
}

/** A message of the library as a sentence; the name of a file stays as it is. */
const sentence = (message: string) =>
  message.replace(/^[a-z]+ /, (word) => word[0]!.toUpperCase() + word.slice(1)).replace(/\.?$/, '.');
