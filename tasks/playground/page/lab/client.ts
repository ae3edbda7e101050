/** The page's side of a worker: one for each exhibit. Only one exhibit trains at a time. */
import LabWorker from 'virtual:lab-worker';
import type { Exhibit } from '../../lab/exhibit.js';
import type { FromLab, LabFacts, ToLab } from '../../lab/protocol.js';
import { Run, type RunState } from '../run.js';

export interface ClientOptions {
  readonly ready: (facts: LabFacts) => void;
  /** Called with what is to be drawn. */
  readonly receive: (message: FromLab) => void;
  /** Called when the state has changed. */
  readonly changed: (state: RunState) => void;
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
  readonly #run = new Run((state) => {
    if (state !== 'training' && training === this) training = null;
    this.#options.changed(state);
  });

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#worker = new LabWorker();
    this.#worker.onmessage = ({ data }: MessageEvent<FromLab>) => this.#receive(data);
    this.#worker.onerror = ({ message }) =>
      options.fail(`A worker has stopped: ${message}. Reload the page.`);
  }

  get state(): RunState {
    return this.#run.state;
  }

  /** A new training, which is paused. */
  open(exhibit: Exhibit): void {
    this.#send({ type: 'open', generation: this.#run.ask(), exhibit });
  }

  train(): void {
    if (!this.#run.canTrain) return;
    pauseFor(this);
    this.#run.begin('training');
    this.#send({ type: 'train' });
  }

  pause(): void {
    this.#send({ type: 'pause' });
  }

  /** One batch. */
  step(): void {
    if (!this.#run.canTrain) return;
    this.#run.begin('stepping');
    this.#send({ type: 'step' });
  }

  #send(message: ToLab): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromLab): void {
    // What still arrives from an earlier training is not drawn.
    if (!this.#run.isAsked(message.generation)) return;
    if (message.type === 'ready') {
      this.#options.ready(message.facts);
      this.#run.open(message.generation);
    } else if (message.type === 'idle') this.#run.end(message.isOver);
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
  return (state: RunState) => {
    train.textContent = state === 'training' ? 'Pause' : state === 'over' ? 'Trained' : word;
    train.disabled = state === 'none' || state === 'over';
    step.disabled = state !== 'paused' && state !== 'stepping';
    again.disabled = state === 'none';
  };
}
