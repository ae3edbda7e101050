/** The form of the adding problem. */
import { CELL_NAMES } from '../../../../cells/names.js';
import { CELL_LABELS } from '../../cellLabels.js';
import { complaint, type CellName, type NumberName } from '../../lab/exhibit.js';
import type { LabSettings } from '../../lab/settings.js';
import { element } from '../dom.js';
import type { Desk } from './desk.js';

const NUMBERS = ['steps', 'units', 'rate', 'clip', 'seed'] as const satisfies readonly NumberName[];

/** A list of all cells to choose from. */
export function listCells(select: HTMLSelectElement): void {
  select.replaceChildren(...CELL_NAMES.map((name) => new Option(CELL_LABELS[name], name)));
}

/**
 * @param change called with what was chosen, when it is sound
 * @returns what shows settings
 */
export function connectSettings(
  desk: Desk,
  change: (changed: Partial<LabSettings>) => void,
): (settings: LabSettings) => void {
  const cells = (['one', 'other'] as const).map((name) => {
    const select = element(name, 'select');
    listCells(select);
    select.addEventListener('change', () => change({ [name]: select.value as CellName }));
    return [name, select] as const;
  });
  const inputs = NUMBERS.map((name) => {
    const input = element(name, 'input');
    input.addEventListener('change', () => {
      const value = read(name, input);
      const wrong = value === null ? null : complaint(name, value);
      desk.complain(wrong);
      if (wrong !== null) return input.setAttribute('aria-invalid', 'true');
      input.removeAttribute('aria-invalid');
      change({ [name]: value });
    });
    return [name, input] as const;
  });
  element('adding')
    .querySelector('form')!
    .addEventListener('submit', (event) => event.preventDefault());
  return (settings) => {
    for (const [name, select] of cells) select.value = settings[name];
    for (const [name, input] of inputs) {
      input.value = String(settings[name] ?? '');
      input.removeAttribute('aria-invalid');
    }
  };
}

/** The number of a field; NaN: it has none; null: the gradient is not clipped. */
function read(name: NumberName, input: HTMLInputElement): number | null {
  if (input.value.trim() !== '') return Number(input.value);
  return name === 'clip' && !input.validity.badInput ? null : NaN;
}
