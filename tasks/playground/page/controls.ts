/** The settings above the panels, and the sliders of panel 5. */
import { CELL_NAMES } from '../../../cells/names.js';
import { CELL_LABELS } from '../cellLabels.js';
import { complaint, DEFAULTS, type Settings } from '../state.js';
import { element } from './dom.js';

/** The settings of the form that take numbers. */
const FIELDS = ['units', 'steps', 'rate', 'seed'] as const;

export interface ControlsOptions {
  /** Called with settings that need a new start. */
  readonly restart: (settings: Settings) => void;
  /** Called when rate or clip have changed, which act at once. */
  readonly adjust: (settings: Settings) => void;
  /** Called when the visitor wants a text of their own. */
  readonly askText: () => void;
  /** Called with a sentence about what cannot be used; null: all can. */
  readonly complain: (what: string | null) => void;
}

export class Controls {
  readonly #options: ControlsOptions;
  readonly #inputs = new Map([...FIELDS, 'clip' as const].map((name) => [name, element(name, 'input')]));
  readonly #cell = element('cell', 'select');
  readonly #text = element('text', 'select');
  readonly #radius = element('radius', 'input');
  readonly #bias = element('bias', 'input');
  readonly #clip = element('clipSlider', 'input');
  #settings: Settings = { ...DEFAULTS };

  constructor(options: ControlsOptions) {
    this.#options = options;
    this.#cell.replaceChildren(...CELL_NAMES.map((name) => new Option(CELL_LABELS[name], name)));
    for (const [name, input] of this.#inputs) input.addEventListener('change', () => this.#take(name, input));
    this.#cell.addEventListener('change', () => this.#start({ cell: this.#cell.value as Settings['cell'] }));
    this.#text.addEventListener('change', () => {
      const wanted = this.#text.value;
      this.#text.value = this.#settings.text;
      if (wanted === 'own') options.askText();
      else this.#start({ text: 'alice' });
    });
    for (const [name, slider] of [['radius', this.#radius] as const, ['bias', this.#bias] as const]) {
      slider.addEventListener('input', () => {
        this.#settings = { ...this.#settings, [name]: Number(slider.value) };
        this.#showSliders();
      });
      // They are properties of the start, so they need a new one.
      slider.addEventListener('change', () => this.#start({}));
    }
    this.#clip.addEventListener('input', () => {
      const power = Number(this.#clip.value);
      this.#adjust({ clip: power > 1 ? null : Number((10 ** power).toPrecision(2)) });
    });
  }

  get settings(): Settings {
    return this.#settings;
  }

  set(settings: Settings): void {
    this.#settings = settings;
    this.#show();
  }

  #start(change: Partial<Settings>): void {
    this.set({ ...this.#settings, ...change });
    this.#options.restart(this.#settings);
  }

  #adjust(change: Partial<Settings>): void {
    this.set({ ...this.#settings, ...change });
    this.#options.adjust(this.#settings);
  }

  #show(): void {
    const { cell, text, radius, bias, clip } = this.#settings;
    this.#cell.value = cell;
    this.#text.value = text;
    for (const [name, input] of this.#inputs) {
      const value = this.#settings[name];
      input.value = value === null ? '' : String(value);
      input.removeAttribute('aria-invalid');
    }
    this.#radius.value = String(radius);
    this.#bias.value = String(bias);
    this.#clip.value = clip === null ? this.#clip.max : String(Math.log10(clip));
    this.#showSliders();
  }

  #showSliders(): void {
    const { cell, radius, bias, clip } = this.#settings;
    const hasBias = cell.startsWith('lstm');
    element('radiusNow').textContent = `${radius.toFixed(2)}${cell === 'rnn' ? '' : ' (dashed)'}`;
    element('biasNow').textContent = hasBias ? bias.toFixed(2) : 'LSTMs only';
    element('clipNow').textContent = clip === null ? 'never' : String(clip);
    this.#bias.disabled = !hasBias;
    this.#clip.setAttribute('aria-valuetext', element('clipNow').textContent);
  }

  /** Takes a number from the form. */
  #take(name: (typeof FIELDS)[number] | 'clip', input: HTMLInputElement): void {
    const isEmpty = input.value.trim() === '';
    const isNone = name === 'clip' && isEmpty && !input.validity.badInput;
    const value = isEmpty ? NaN : Number(input.value);
    const wrong = isNone ? null : complaint(name, value);
    this.#options.complain(wrong && `The ${wrong}.`.replace(', not NaN', ''));
    if (wrong !== null) return input.setAttribute('aria-invalid', 'true');
    const change = { [name]: isNone ? null : value };
    if (name === 'rate' || name === 'clip') this.#adjust(change);
    else this.#start(change);
  }
}
