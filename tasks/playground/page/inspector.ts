/** The number under the pointer: its value, its equation, its line of code, and its finite difference. */
import { last, origins, sources } from 'virtual:origins';
import type { Checked } from '../protocol.js';
import { digits, visible } from '../words.js';
import { element } from './dom.js';
import type { Chosen } from './graphPanel.js';

const HINT = 'By a finite difference, in float64, of this very number.';

/** Where a number is computed; null: the gradient of the last h comes from a layer that is not shown. */
function originOf({ name, t, look }: Chosen) {
  if (name !== 'dh' || t < look.steps - 1) return origins[look.cell]?.[name] ?? null;
  return look.isBelowDense ? last : null;
}

/** @param ask asks the worker to check a number; its answer has the same id */
export function createInspector(ask: (id: number, name: string, t: number, unit: number) => void) {
  const part = (id: string) => element(`inspector${id}`);
  const [name, value, equation, code] = ['Name', 'Value', 'Equation', 'Code'].map(part);
  const file = element('inspectorFile', 'a');
  const [button, checked] = [element('check', 'button'), element('checked')];
  let chosen: Chosen | null = null;
  let id = 0;

  function forget(): void {
    id++;
    checked.textContent = HINT;
    checked.className = '';
  }

  button.addEventListener('click', () => {
    if (!chosen) return;
    checked.textContent = 'Computing …';
    ask(++id, chosen.name, chosen.t, chosen.unit);
  });

  return {
    show(next: Chosen | null) {
      const isSame =
        chosen && next && chosen.name === next.name && chosen.t === next.t && chosen.unit === next.unit;
      if (!isSame || chosen?.value !== next?.value) forget();
      chosen = next;
      button.disabled = !next?.look.isCheckable;
      const origin = next && originOf(next);
      if (!next) {
        name!.textContent = 'Point at a bar, or press Tab and the arrow keys';
        for (const one of [value!, equation!, code!, file]) one.textContent = '';
        return;
      }
      const character = visible(next.look.characters[next.t]!);
      const isGradient = next.look.backward.includes(next.name);
      name!.textContent = `${isGradient ? `dLoss/${next.name}` : next.name}, step ${next.t + 1} “${character}”, unit ${next.unit}`;
      value!.textContent = digits(next.value);
      equation!.textContent = origin ? `${origin.label}  ${origin.equation}` : 'from the layer above';
      file.textContent = origin ? `${origin.file}:${origin.line}` : '';
      if (sources !== null && origin) file.href = `${sources}/${origin.file}#L${origin.line}`;
      code!.textContent = origin?.code ?? '';
    },
    answer({ id: of, what, here, analytic, numeric, error }: Checked) {
      if (of !== id) return;
      const isGood = error < 1e-6;
      checked.className = isGood ? 'good' : '';
      const lines = [
        `${what} = ${digits(here, 5)} here,`,
        `${digits(analytic, 9)} in float64,`,
        `${digits(numeric, 9)} by difference.`,
        isGood
          ? `They agree to ${digits(Math.max(error, 1e-16), 1)}.`
          : `They differ by ${digits(error, 2)}.`,
      ];
      checked.textContent = lines.join(' ');
    },
  };
}
