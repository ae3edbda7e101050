/**
 * What a worker's training is doing, as its page knows it, and so what can be asked of it. The worker does
 * everything in the order in which it was asked.
 */

/**
 * - none: there is no training, or another one has been asked for and is not there yet: nothing can be done
 * - paused: all can
 * - stepping: single batches; more of them, or a training, come after them
 * - training: until it is paused
 * - over: it cannot go on
 */
export type RunState = 'none' | 'paused' | 'stepping' | 'training' | 'over';

export class Run {
  readonly #changed: (state: RunState) => void;
  /** The training that was last asked for, and the one that is shown: the other may be refused. */
  #asked = 0;
  #shown = 0;
  /** Requests to train that have not ended, and what the last of them was. */
  #pending = 0;
  #kind: 'stepping' | 'training' = 'stepping';
  #isOver = false;

  /** @param changed called with the state when it may have changed */
  constructor(changed: (state: RunState) => void) {
    this.#changed = changed;
  }

  get state(): RunState {
    if (this.#shown === 0 || this.#shown !== this.#asked) return 'none';
    if (this.#pending > 0) return this.#kind;
    return this.#isOver ? 'over' : 'paused';
  }

  /** Whether batches can be asked for. */
  get canTrain(): boolean {
    return this.state === 'paused' || this.state === 'stepping';
  }

  /** Another training is asked for. @returns its number */
  ask(): number {
    this.#asked++;
    this.#changed(this.state);
    return this.#asked;
  }

  /** The training with this number is there, and paused. */
  open(generation: number): void {
    this.#shown = generation;
    this.#pending = 0;
    this.#isOver = false;
    this.#changed(this.state);
  }

  /** The training with this number cannot be had: the one before it stays. */
  refuse(generation: number): void {
    if (generation === this.#asked) this.#asked = this.#shown;
    this.#changed(this.state);
  }

  /** Whether a message is about the training that was last asked for. */
  isAsked(generation: number): boolean {
    return generation === this.#asked;
  }

  /** Whether a message is about the training that is shown. */
  isShown(generation: number): boolean {
    return generation === this.#shown;
  }

  /** Batches are asked for: one, or until it is paused. */
  begin(kind: 'stepping' | 'training'): void {
    this.#pending++;
    this.#kind = kind;
    this.#changed(this.state);
  }

  /** A request has ended. @param isOver whether it was the last */
  end(isOver = false): void {
    this.#pending--;
    this.#isOver = isOver;
    this.#changed(this.state);
  }
}
