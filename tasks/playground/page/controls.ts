/** The settings above the panels, and the sliders of panel 5. */
import { CELL_NAMES } from '../../../cells/names.js';
import { complaint, DEFAULTS, type NumberName, type Settings } from '../state.js';
import { element } from './dom.js';

/** The settings of the form that take numbers. */
const FIELDS = ['units', 'steps', 'rate', 'seed'] as const;

const LABELS: Readonly<Record<(typeof CELL_NAMES)[number], string>> = {
  rnn: 'tanh-RNN',
  lstm: 'LSTM',
  lstmPeephole: 'LSTM, peepholes',
  lstmCoupled: 'LSTM, coupled',
  lstmLayerNorm: 'LSTM, layer norm',
  gru: 'GRU',
  gruResetAfter: 'GRU, reset after',
  gruLayerNorm: 'GRU, layer norm',
};

export interface ControlsOptions {
  /** Called with settings that need a new start. */
  restart(settings: Settings): void;
  /** Called when rate or clip have changed, which act at once. */
  adjust(settings: Settings): void;
  /** Called when the visitor wants a text of their own. */
  askText(): void;
  /** Called with a sentence about what cannot be used; null: all can. */
  complain(what: string | null): void;
}

export function createControls({ restart, adjust, askText, complain }: ControlsOptions) {
  let settings: Settings = { ...DEFAULTS };
  const inputs = new Map([...FIELDS, 'clip' as const].map((name) => [name, element(name, 'input')]));
  const [cell, text] = [element('cell', 'select'), element('text', 'select')];
  const [radius, bias, clip] = ['radius', 'bias', 'clipSlider'].map((id) => element(id, 'input'));
  cell.replaceChildren(...CELL_NAMES.map((name) => new Option(LABELS[name], name)));

  function show(): void {
    cell.value = settings.cell;
    text.value = settings.text;
    for (const [name, input] of inputs) {
      input.value = settings[name] === null ? '' : String(settings[name]);
      input.removeAttribute('aria-invalid');
    }
    radius!.value = String(settings.radius);
    bias!.value = String(settings.bias);
    clip!.value = settings.clip === null ? clip!.max : String(Math.log10(settings.clip));
    showSliders();
  }

  function showSliders(): void {
    const hasBias = settings.cell.startsWith('lstm');
    element('radiusNow').textContent =
      `${settings.radius.toFixed(2)}${settings.cell === 'rnn' ? '' : ' (dashed)'}`;
    element('biasNow').textContent = hasBias ? settings.bias.toFixed(2) : 'LSTMs only';
    element('clipNow').textContent = settings.clip === null ? 'never' : String(settings.clip);
    bias!.disabled = !hasBias;
    bias!.parentElement!.classList.toggle('off', !hasBias);
    clip!.setAttribute('aria-valuetext', element('clipNow').textContent);
  }

  /** Takes a number from the form. */
  function take(name: NumberName, input: HTMLInputElement): void {
    const isNone = name === 'clip' && input.value.trim() === '' && !input.validity.badInput;
    const value = input.value.trim() === '' ? NaN : Number(input.value);
    const wrong = isNone ? null : complaint(name, value);
    complain(wrong === null ? null : `The ${wrong}.`.replace('not NaN', 'and not empty'));
    if (wrong !== null) return input.setAttribute('aria-invalid', 'true');
    input.removeAttribute('aria-invalid');
    settings = { ...settings, [name]: isNone ? null : value };
    show();
    if (name === 'rate' || name === 'clip') adjust(settings);
    else restart(settings);
  }

  for (const [name, input] of inputs) input.addEventListener('change', () => take(name, input));
  cell.addEventListener('change', () => {
    settings = { ...settings, cell: cell.value as Settings['cell'] };
    showSliders();
    restart(settings);
  });
  text.addEventListener('change', () => {
    const wanted = text.value;
    text.value = settings.text;
    if (wanted === 'own') return askText();
    settings = { ...settings, text: 'alice' };
    show();
    restart(settings);
  });
  for (const [name, slider] of [['radius', radius!] as const, ['bias', bias!] as const]) {
    slider.addEventListener('input', () => {
      settings = { ...settings, [name]: Number(slider.value) };
      showSliders();
    });
    // They are properties of the start, so they need a new one.
    slider.addEventListener('change', () => restart(settings));
  }
  clip!.addEventListener('input', () => {
    const power = Number(clip!.value);
    settings = { ...settings, clip: power > 1 ? null : Number((10 ** power).toPrecision(2)) };
    inputs.get('clip')!.value = settings.clip === null ? '' : String(settings.clip);
    showSliders();
    adjust(settings);
  });

  return {
    settings: () => settings,
    set(next: Settings) {
      settings = next;
      show();
    },
  };
}
