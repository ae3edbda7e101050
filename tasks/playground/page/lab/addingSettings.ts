/** The form of the adding problem. */
import { CELL_NAMES } from '../../../../cells/names.js';
import { CELL_LABELS } from '../../cellLabels.js';
import { complaint, type AddingExhibit, type CellName, type NumberName } from '../../lab/exhibit.js';
import { element } from '../dom.js';
import type { Desk } from './desk.js';

const NUMBERS = ['steps', 'units', 'rate', 'clip', 'seed'] as const satisfies readonly NumberName[];

/** A list of all cells to choose from. */
export function listCells(select: HTMLSelectElement, chosen: CellName): void {
  select.replaceChildren(...CELL_NAMES.map((name) => new Option(CELL_LABELS[name], name)));
  select.value = chosen;
}

/** @param use called with settings that are sound, when they have changed */
export function connectSettings(
  desk: Desk,
  first: AddingExhibit,
  use: (exhibit: AddingExhibit) => void,
): void {
  let exhibit = first;
  const change = (next: Partial<AddingExhibit>) => use((exhibit = { ...exhibit, ...next }));
  const cells = ['one', 'other'].map((id) => element(id, 'select'));
  cells.forEach((select, n) => {
    listCells(select, first.cells[n]!);
    select.addEventListener('change', () => change({ cells: cells.map(({ value }) => value as CellName) }));
  });
  for (const name of NUMBERS) {
    const input = element(name, 'input');
    input.value = String(first[name]);
    input.addEventListener('change', () => {
      const value = read(name, input);
      const wrong = value === null ? null : complaint(name, value);
      desk.complain(wrong);
      if (wrong !== null) return input.setAttribute('aria-invalid', 'true');
      input.removeAttribute('aria-invalid');
      change({ [name]: value });
    });
  }
  element('adding')
    .querySelector('form')!
    .addEventListener('submit', (event) => event.preventDefault());
}

/** The number of a field; NaN: it has none; null: the gradient is not clipped. */
function read(name: NumberName, input: HTMLInputElement): number | null {
  if (input.value.trim() !== '') return Number(input.value);
  return name === 'clip' && !input.validity.badInput ? null : NaN;
}
