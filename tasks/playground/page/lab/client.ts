/** The page's side of a worker: one for each exhibit. Only one exhibit trains at a time. */
import LabWorker from 'virtual:lab-worker';
import type { Exhibit } from '../../lab/exhibit.js';
import type { FromLab, LabFacts, ToLab } from '../../lab/protocol.js';

export type ClientState = 'opening' | 'ready' | 'training' | 'over';

export interface ClientOptions {
  readonly ready: (facts: LabFacts) => void;
  /** Called with what is to be drawn. */
  readonly receive: (message: FromLab) => void;
  /** Called when the state has changed. */
  readonly changed: (state: ClientState) => void;
  /** Called with what the visitor must know. */
  readonly fail: (what: string) => void;
}

/** The one that trains. */
let training: Client | null = null;

function pauseFor(next: Client): void {
  training?.pause();
  training = next;
}

/** Whether an exhibit trains now. */
export const isBusy = () => training !== null;

export class Client {
  readonly #options: ClientOptions;
  readonly #worker: Worker;
  #generation = 0;
  #state: ClientState = 'opening';

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#worker = new LabWorker();
    this.#worker.onmessage = ({ data }: MessageEvent<FromLab>) => this.#receive(data);
    this.#worker.onerror = ({ message }) =>
      options.fail(`A worker has stopped: ${message}. Reload the page.`);
  }

  get state(): ClientState {
    return this.#state;
  }

  /** A new training, which is paused. */
  open(exhibit: Exhibit): void {
    this.#set('opening');
    this.#send({ type: 'open', generation: ++this.#generation, exhibit });
  }

  train(): void {
    if (this.#state !== 'ready') return;
    pauseFor(this);
    this.#set('training');
    this.#send({ type: 'train' });
  }

  pause(): void {
    this.#send({ type: 'pause' });
  }

  /** One batch. */
  step(): void {
    if (this.#state === 'ready') this.#send({ type: 'step' });
  }

  #send(message: ToLab): void {
    this.#worker.postMessage(message);
  }

  #set(state: ClientState): void {
    this.#state = state;
    if (state !== 'training' && training === this) training = null;
    this.#options.changed(state);
  }

  #receive(message: FromLab): void {
    // What still arrives from an earlier training is not drawn.
    if (message.generation !== this.#generation) return;
    if (message.type === 'ready') {
      this.#options.ready(message.facts);
      this.#set('ready');
    } else if (message.type === 'idle') this.#set(message.isOver ? 'over' : 'ready');
    else this.#options.receive(message);
  }
}

/** Connects an exhibit's buttons: Train or Pause, 1 batch, Start again. @returns what shows a state */
export function connectButtons(box: Element, client: Client, restart: () => void) {
  const button = (name: string) => box.querySelector<HTMLButtonElement>(`[data-do=${name}]`)!;
  const [train, step, again] = [button('train'), button('step'), button('restart')];
  const word = train.textContent;
  train.addEventListener('click', () => (client.state === 'training' ? client.pause() : client.train()));
  step.addEventListener('click', () => client.step());
  again.addEventListener('click', restart);
  return (state: ClientState) => {
    train.textContent = state === 'training' ? 'Pause' : state === 'over' ? 'Trained' : word;
    train.disabled = state === 'opening' || state === 'over';
    step.disabled = state !== 'ready';
    again.disabled = state === 'opening';
  };
}
