/** The frames of the moving figure, and the slider that goes back to them. */
import type { Flow } from '../../../lab/gradientFlow.js';
import { count } from '../../lab/words.js';

export interface Frame {
  /** Batches. */
  readonly step: number;
  /** Of each network. */
  readonly flows: readonly Flow[];
}

/** With more frames, each second one goes. */
const MOST = 240;

export class Frames {
  readonly #slider: HTMLInputElement;
  readonly #label: HTMLElement;
  #all: Frame[] = [];
  /** Null: the newest. */
  #chosen: number | null = null;

  /** @param changed called when the visitor has chosen a frame */
  constructor(slider: HTMLInputElement, label: HTMLElement, changed: () => void) {
    this.#slider = slider;
    this.#label = label;
    slider.addEventListener('input', () => {
      const at = Number(slider.value);
      this.#chosen = at === this.#all.length - 1 ? null : at;
      this.#show();
      changed();
    });
  }

  get first(): Frame | undefined {
    return this.#all[0];
  }

  get now(): Frame | undefined {
    return this.#all.at(this.#chosen ?? -1);
  }

  /** Also while the first frame is still to come. */
  get isUntrained(): boolean {
    return (this.#all.at(-1)?.step ?? 0) === 0;
  }

  clear(): void {
    this.#all = [];
    this.#chosen = null;
  }

  add({ step, flows }: Frame): void {
    if (this.#all.at(-1)?.step === step) this.#all.pop();
    this.#all.push({ step, flows });
    if (this.#all.length > MOST) {
      this.#all = this.#all.filter((_, n) => n % 2 === 0);
      this.#chosen = this.#chosen === null ? null : Math.floor(this.#chosen / 2);
    }
    this.#show();
  }

  #show(): void {
    const { now } = this;
    this.#slider.max = String(this.#all.length - 1);
    this.#slider.value = String(this.#chosen ?? this.#all.length - 1);
    this.#slider.setAttribute('aria-valuetext', `batch ${now?.step ?? 0}`);
    this.#label.textContent = count(now?.step ?? 0);
  }
}
