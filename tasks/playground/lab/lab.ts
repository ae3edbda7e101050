/** What a worker of the lab does with each message. It knows nothing of workers, so that it can be tested anywhere. */
import { createYield, InputError, type Kernels } from '../../../models/index.js';
import type { Exhibit } from './exhibit.js';
import { createNetworks, type Networks } from './networks.js';
import type { FromLab, Losses, ToLab } from './protocol.js';

/** Milliseconds between two messages of a kind while it trains. */
const PACE = { losses: 40, look: 250 };

export class Lab {
  readonly #post: (message: FromLab) => void;
  readonly #openKernels: () => Promise<Kernels>;
  #kernels: Kernels | null = null;
  #networks: Networks | null = null;
  #generation = 0;
  #step = 0;
  /** The networks that have diverged. */
  #broken = new Set<number>();
  /** Ends the training that runs; null: none does. */
  #running: { isStopped: boolean; ended: Promise<void> } | null = null;

  /** @param openKernels new kernels for each training; those of the last one are closed */
  constructor(post: (message: FromLab) => void, openKernels: () => Promise<Kernels>) {
    this.#post = post;
    this.#openKernels = openKernels;
  }

  async receive(message: ToLab): Promise<void> {
    switch (message.type) {
      case 'open':
        return this.#open(message.generation, message.exhibit);
      case 'train':
        return this.#train(Infinity);
      case 'step':
        return this.#train(1);
      case 'pause':
        return this.#pause();
    }
  }

  async #open(generation: number, exhibit: Exhibit): Promise<void> {
    // Only the last of several is opened: a slider asks for many.
    this.#generation = generation;
    await this.#pause();
    const last = this.#kernels;
    this.#kernels = this.#networks = null;
    await last?.close();
    if (this.#generation !== generation) return;
    const kernels = await this.#openKernels();
    if (this.#generation !== generation) return kernels.close();
    this.#kernels = kernels;
    const networks = (this.#networks = createNetworks(kernels, exhibit));
    this.#step = 0;
    this.#broken.clear();
    const { all, batches, baseline } = networks;
    const parameters = all.map(({ model }) => model.parameters.values.size);
    this.#post({
      type: 'ready',
      generation,
      facts: { kernels: kernels.name, parameters, batches, baseline },
    });
    await this.#look(networks, generation);
  }

  /** How the networks are now. */
  async #look({ all }: Networks, generation: number): Promise<void> {
    const step = this.#step;
    const flows = all.flatMap(({ flow }) => (flow ? [flow()] : []));
    if (flows.length) this.#post({ type: 'flows', generation, step, flows });
    for (const { answer } of all) {
      if (!answer) continue;
      try {
        this.#post({ type: 'answered', generation, step, answered: await answer() });
      } catch (error) {
        // Another exhibit was opened meanwhile, and the kernels of this one are closed.
        if (this.#generation !== generation) return;
        throw error;
      }
    }
  }

  async #train(count: number): Promise<void> {
    const networks = this.#networks;
    if (!networks || this.#running) return;
    const running = { isStopped: false, ended: Promise.resolve() };
    this.#running = running;
    running.ended = this.#loop(networks, running, count).finally(() => {
      this.#running = null;
    });
    await running.ended;
  }

  async #loop(networks: Networks, running: { readonly isStopped: boolean }, count: number): Promise<void> {
    const generation = this.#generation;
    const end = this.#step + count;
    const isOver = () =>
      this.#step >= (networks.batches ?? Infinity) || this.#broken.size === networks.all.length;
    const last = { losses: -Infinity, look: performance.now() };
    const yieldNow = createYield();
    let losses: Losses[] = [];
    const send = () => {
      if (losses.length) this.#post({ type: 'losses', generation, losses });
      losses = [];
      last.losses = performance.now();
    };
    while (!running.isStopped && !isOver() && this.#step < end) {
      losses.push(this.#stepAll(networks, generation));
      if (performance.now() - last.losses >= PACE.losses) send();
      if (performance.now() - last.look >= PACE.look) {
        await this.#look(networks, generation);
        last.look = performance.now();
      }
      await yieldNow();
    }
    send();
    await this.#look(networks, generation);
    this.#post({ type: 'idle', generation, step: this.#step, isOver: isOver() });
  }

  /** One batch for each network that has not diverged. */
  #stepAll({ all }: Networks, generation: number): Losses {
    const step = ++this.#step;
    const losses = all.map((network, n) => {
      if (this.#broken.has(n)) return NaN;
      try {
        return network.step();
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        this.#broken.add(n);
        this.#post({ type: 'diverged', generation, network: n, step, why: error.message });
        return NaN;
      }
    });
    return [step, ...losses];
  }

  async #pause(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    running.isStopped = true;
    await running.ended;
  }
}
