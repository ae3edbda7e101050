/** The form: which step, how many rounds, who competes. */
import { BROWSER_COMPETITORS } from '../browser/competitors.js';
import { MOST_ROUNDS, type Settings } from '../browser/settings.js';
import { BROWSER_STEPS } from '../browser/steps.js';
import { element } from '../../tasks/playground/page/dom.js';

/** @param changed is told of every change that the form accepts */
export function createForm(changed: () => void) {
  const [form, step, rounds] = [
    element('controls', 'form'),
    element('step', 'select'),
    element('rounds', 'input'),
  ];
  rounds.max = String(MOST_ROUNDS);
  step.replaceChildren(...BROWSER_STEPS.map(({ id, title }) => new Option(title, id)));
  const boxes = BROWSER_COMPETITORS.map(({ id, name }, n) => {
    const [label, box] = [document.createElement('label'), document.createElement('input')];
    box.type = 'checkbox';
    box.name = id;
    // The others' losses are compared with its.
    box.disabled = n === 0;
    label.append(box, name);
    return { id, box, label };
  });
  element('competitors').append(...boxes.map(({ label }) => label));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => form.reportValidity() && changed());
  return {
    isValid: () => form.reportValidity(),
    settings: (): Settings => ({
      step: step.value,
      rounds: rounds.valueAsNumber,
      competitors: boxes.filter(({ box }) => box.checked).map(({ id }) => id),
    }),
    set(settings: Settings) {
      step.value = settings.step;
      rounds.value = String(settings.rounds);
      for (const { id, box } of boxes) box.checked = settings.competitors.includes(id);
    },
    /** While they compete, nothing of it can be changed. */
    lock(isLocked: boolean) {
      for (const control of [step, rounds, ...boxes.slice(1).map(({ box }) => box)])
        control.disabled = isLocked;
    },
  };
}
