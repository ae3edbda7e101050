/**
 * What a worker of the lab does with each message. It knows nothing of workers, so that it can be tested
 * anywhere.
 */
import { createYield, InputError, type Kernels } from '../../../models/index.js';
import type { Exhibit } from './exhibit.js';
import { createNetworks, type Networks } from './networks.js';
import type { FromLab, Losses, ToLab } from './protocol.js';

/** Milliseconds between two messages of a kind while it trains. */
const PACE = { losses: 40, look: 250 };

/** An exhibit that has been opened. */
interface Opened {
  readonly generation: number;
  readonly kernels: Kernels;
  readonly networks: Networks;
  /** Batches so far. */
  step: number;
  /** The networks that have diverged. */
  readonly broken: Set<number>;
}

export class Lab {
  readonly #post: (message: FromLab) => void;
  readonly #openKernels: () => Promise<Kernels>;
  /** Ends when the last message has been taken. */
  #last: Promise<void> = Promise.resolve();
  #opened: Opened | null = null;
  /** That of the exhibit that was last asked for: a slider asks for many. */
  #generation = 0;
  /** Ends the training that runs; null: none does. */
  #running: { readonly isOne: boolean; isStopped: boolean; ended: Promise<void> } | null = null;

  /** @param openKernels new kernels for each training; those of the last one are closed */
  constructor(post: (message: FromLab) => void, openKernels: () => Promise<Kernels>) {
    this.#post = post;
    this.#openKernels = openKernels;
  }

  /**
   * Takes a message, after those before it.
   * @returns when what it asks for has begun, or an exhibit is open
   */
  receive(message: ToLab): Promise<void> {
    if (message.type === 'open') this.#generation = message.generation;
    return (this.#last = this.#last.then(() => this.#answer(message)));
  }

  async #answer(message: ToLab): Promise<void> {
    switch (message.type) {
      case 'open':
        return this.#open(message.generation, message.exhibit);
      case 'train':
        return this.#train(false);
      case 'step':
        return this.#train(true);
      case 'pause':
        return this.#pause();
    }
  }

  async #open(generation: number, exhibit: Exhibit): Promise<void> {
    if (this.#generation !== generation) return;
    await this.#pause();
    const last = this.#opened;
    this.#opened = null;
    await last?.kernels.close();
    const kernels = await this.#openKernels();
    const networks = createNetworks(kernels, exhibit);
    const opened = (this.#opened = { generation, kernels, networks, step: 0, broken: new Set<number>() });
    const { all, batches, baseline } = networks;
    const parameters = all.map(({ model }) => model.parameters.values.size);
    const facts = { kernels: kernels.name, parameters, batches, baseline };
    this.#post({ type: 'ready', generation, facts });
    await this.#look(opened);
  }

  /** How the networks are now. */
  async #look({ generation, networks, step }: Opened): Promise<void> {
    const flows = networks.all.flatMap(({ flow }) => (flow ? [flow()] : []));
    if (flows.length) this.#post({ type: 'flows', generation, step, flows });
    for (const { answer } of networks.all)
      if (answer) this.#post({ type: 'answered', generation, step, answered: await answer() });
  }

  /** Trains, after the batch that was asked for before. @param isOne one batch, not until it is paused */
  async #train(isOne: boolean): Promise<void> {
    if (this.#running?.isOne) await this.#running.ended;
    const opened = this.#opened;
    if (!opened || this.#running) return;
    const running = { isOne, isStopped: false, ended: Promise.resolve() };
    this.#running = running;
    running.ended = this.#loop(opened, running).finally(() => {
      this.#running = null;
    });
  }

  async #loop(
    opened: Opened,
    running: { readonly isOne: boolean; readonly isStopped: boolean },
  ): Promise<void> {
    const { generation, networks, broken } = opened;
    const isOver = () => opened.step >= (networks.batches ?? Infinity) || broken.size === networks.all.length;
    const end = running.isOne ? opened.step + 1 : Infinity;
    const last = { losses: -Infinity, look: performance.now() };
    const yieldNow = createYield();
    let losses: Losses[] = [];
    const send = () => {
      if (losses.length) this.#post({ type: 'losses', generation, losses });
      losses = [];
      last.losses = performance.now();
    };
    while (!running.isStopped && !isOver() && opened.step < end) {
      losses.push(this.#stepAll(opened));
      if (performance.now() - last.losses >= PACE.losses) send();
      if (performance.now() - last.look >= PACE.look) {
        await this.#look(opened);
        last.look = performance.now();
      }
      await yieldNow();
    }
    send();
    await this.#look(opened);
    this.#post({ type: 'idle', generation, step: opened.step, isOver: isOver() });
  }

  /** One batch for each network that has not diverged. */
  #stepAll(opened: Opened): Losses {
    const { generation, networks, broken } = opened;
    const step = ++opened.step;
    const losses = networks.all.map((network, n) => {
      if (broken.has(n)) return NaN;
      try {
        return network.step();
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        broken.add(n);
        this.#post({ type: 'diverged', generation, network: n, step, why: error.message });
        return NaN;
      }
    });
    return [step, ...losses];
  }

  /** Ends the training, after the batch that it is at. */
  async #pause(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    if (!running.isOne) running.isStopped = true;
    await running.ended;
  }
}
