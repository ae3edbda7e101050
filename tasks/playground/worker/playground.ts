/** What the worker does with each message of the page. It knows nothing of workers, so that it can be tested anywhere. */
import { InputError, type Kernels } from '../../../models/index.js';
import { DataError } from '../../../datasets/index.js';
import type { Book } from '../../alice/windows.js';
import type { FromWorker, Look, Point, ToWorker } from '../protocol.js';
import type { Settings } from '../state.js';
import { readSaved } from './saved.js';
import { createSession, ghostOf, type Saved, type Session, type StepResult } from './session.js';
import { readText } from './text.js';

/** Milliseconds between two messages of a kind while it trains. */
const PROGRESS_MS = 33;
const LOOK_MS = 100;
const REACH_MS = 400;
/** It writes after every so many batches. */
const WRITE_STEPS = 50;
/** After so many batches a loss that is this many times that of guessing has diverged. */
const PATIENCE = 20;
const HOPELESS = 1.5;

export type Post = (message: FromWorker, transfer?: readonly ArrayBufferLike[]) => void;

/**
 * @param post        sends a message to the page
 * @param openKernels new kernels for each training; those of the last one are closed
 * @returns what to call with each message of the page; it may be awaited
 */
export function createPlayground(post: Post, openKernels: () => Promise<Kernels>) {
  let generation = 0;
  let session: Session | null = null;
  let kernels: Kernels | null = null;
  let characters = '';
  let shown: Look | null = null;
  /** The training that runs now; null: none. */
  let running: { stop: AbortController; ended: Promise<void> } | null = null;

  async function open(settings: Settings, book: Book, saved: Saved | null): Promise<void> {
    await kernels?.close();
    session = null;
    kernels = await openKernels();
    session = createSession(kernels, settings, book, saved);
    characters = session.window('');
    const { source, vocabulary } = book.record;
    const { name, threads } = kernels;
    const facts = {
      ...{ settings, source, vocabulary, characters: book.ids.length, parameters: session.parameters },
      ...{ kernels: name, threads, ghost: ghostOf(kernels, settings, book) },
    };
    const losses = (saved?.state.epochs ?? []).map(({ loss, steps, epoch }): Point => {
      return [steps * epoch, loss / Math.LN2];
    });
    post({ type: 'ready', generation, facts, step: session.steps(), losses });
    postLook();
    postReach();
    postWritten();
  }

  function postLook(): void {
    shown = session!.look(characters);
    // The arrays are sent away; what `check` compares with stays.
    const numbers = Object.fromEntries(Object.entries(shown.numbers).map(([name, of]) => [name, of.slice()]));
    post(
      { type: 'look', generation, look: { ...shown, numbers } },
      Object.values(numbers).map(({ buffer }) => buffer),
    );
  }
  const postReach = () => post({ type: 'reach', generation, ...session!.reach() });
  const postWritten = () => post({ type: 'written', generation, written: session!.write() });

  /** Reports after each batch, each kind of message at its own pace. */
  function createReports(guessing: number) {
    let losses: Point[] = [];
    const start = performance.now();
    const last = { progress: -Infinity, look: start, reach: start };
    let [first, high] = [0, 0];
    return (result: StepResult, isLast: boolean) => {
      const { step, epoch, bits, norm } = result;
      const now = performance.now();
      first ||= step;
      losses.push([step, bits]);
      high = bits > HOPELESS * guessing ? high + 1 : 0;
      const isDue = (kind: keyof typeof last, ms: number) => {
        if (!isLast && now - last[kind] < ms) return false;
        last[kind] = now;
        return true;
      };
      if (isDue('progress', PROGRESS_MS)) {
        const { batch } = session!.settings;
        const charactersPerSecond = ((step - first + 1) * batch * 1000) / Math.max(1, now - start);
        post({ type: 'progress', generation, step, epoch, losses, charactersPerSecond, norm });
        losses = [];
      }
      if (isDue('look', LOOK_MS)) postLook();
      if (isDue('reach', REACH_MS)) postReach();
      if (step % WRITE_STEPS === 0) postWritten();
      return high >= PATIENCE;
    };
  }

  /** @param isOne one batch, not until it is stopped */
  function train(isOne: boolean): void {
    if (running || !session) return;
    const stop = new AbortController();
    const now = session;
    const guessing = Math.log2(now.vocabulary.length);
    const report = createReports(guessing);
    const afterStep = (result: StepResult) => {
      if (isOne) stop.abort();
      if (!report(result, isOne)) return;
      stop.abort();
      const why = `The loss has been above ${(HOPELESS * guessing).toFixed(1)} bits for ${PATIENCE} batches; guessing gives ${guessing.toFixed(1)}. The steps are too long: training has diverged.`;
      post({ type: 'diverged', generation, why });
    };
    const ended = now
      .train(stop.signal, afterStep)
      .catch((error: unknown) => {
        if (!(error instanceof InputError)) throw error;
        post({ type: 'diverged', generation, why: sentence(error.message) });
      })
      .finally(() => {
        running = null;
        if (session !== now) return;
        postLook();
        postReach();
        post({ type: 'idle', generation, step: now.steps() });
      });
    running = { stop, ended };
  }

  async function pause(): Promise<boolean> {
    const was = running;
    was?.stop.abort();
    await was?.ended;
    return was !== null;
  }

  async function save(): Promise<void> {
    const resume = await pause();
    const bytes = await session!.save();
    const { cell, units } = session!.settings;
    post({ type: 'exported', name: `${cell}-${units}-after-${session!.steps()}.safetensors`, bytes }, [
      bytes.buffer,
    ]);
    if (resume) train(false);
  }

  async function answer(message: ToWorker): Promise<void> {
    switch (message.type) {
      case 'start': {
        await pause();
        generation = message.generation;
        return open(message.settings, await readText(message.text), null);
      }
      case 'import': {
        const { bytes, source, texts } = message;
        const { settings, book, saved } = await readSaved(bytes, source, texts);
        await pause();
        generation = message.generation;
        return open(settings, book, saved);
      }
      case 'train':
        return train(false);
      case 'step':
        return train(true);
      case 'pause':
        return void (await pause());
      case 'set':
        return session?.set(message.rate, message.clip);
      case 'look':
        if (!session) return;
        characters = session.window(message.characters);
        return postLook();
      case 'check': {
        if (!session || !shown) return;
        const { id, name, t, unit } = message;
        // Training goes on: the numbers of the last look may be of earlier weights.
        if (running) postLook();
        const { numbers, units } = shown;
        const here = (derivative: string) => numbers[derivative]![t * units + unit]!;
        return post({
          type: 'checked',
          checked: { id, ...session.check(shown.characters, here, { name, t, unit }) },
        });
      }
      case 'export':
        if (session) return save();
    }
  }

  return async (message: ToWorker): Promise<void> => {
    try {
      await answer(message);
    } catch (error) {
      if (!(error instanceof InputError || error instanceof DataError || error instanceof RangeError))
        throw error;
      post({ type: 'refused', what: sentence(error.message) });
    }
  };
}

/** A message of the library as a sentence. */
const sentence = (message: string) => message[0]!.toUpperCase() + message.slice(1).replace(/\.?$/, '.');
