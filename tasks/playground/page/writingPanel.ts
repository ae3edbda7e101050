/** Panel 2: what the network writes, each character shaded by its probability. */
import type { Written } from '../protocol.js';
import { element } from './dom.js';

/** Older texts are dropped, except the first. */
const MOST = 7;
/** Less likely characters are underlined: shade alone is not for everybody. */
const UNSURE = 0.1;

/** @param choose called with the characters up to the chosen one: that is the one to be predicted */
export function createWritingPanel(choose: (characters: string) => void) {
  const box = element('samples');
  let at = 0;

  const characters = () => [...box.querySelectorAll('i')];

  function mark(index: number, isChosen: boolean): void {
    const all = characters();
    at = Math.max(0, Math.min(all.length - 1, index));
    for (const one of box.querySelectorAll('.here')) one.classList.remove('here');
    const one = all[at];
    if (!one) return;
    one.classList.add('here');
    one.scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-description', one.title);
    if (!isChosen) return;
    const paragraph = one.closest('p')!;
    const text = paragraph.dataset.text!;
    const n = [...paragraph.querySelectorAll('i')].indexOf(one);
    choose(text.slice(0, text.length - paragraph.querySelectorAll('i').length + n + 1));
  }

  box.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLElement && target.tagName === 'I') mark(characters().indexOf(target), true);
  });
  box.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -40, ArrowDown: 40 }[event.key];
    if (step !== undefined) mark(at + step, false);
    else if (event.key === 'Enter' || event.key === ' ') mark(at, true);
    else return;
    event.preventDefault();
  });

  return {
    restart() {
      box.replaceChildren();
      at = 0;
    },
    add(written: Written) {
      const paragraph = paragraphOf(written);
      const isSame =
        box.firstElementChild?.firstElementChild?.textContent === paragraph.firstElementChild?.textContent;
      if (isSame) box.firstElementChild!.remove();
      box.prepend(paragraph);
      if (box.children.length > MOST) box.children[MOST - 1]!.remove();
    },
  };
}

function paragraphOf({ step, opening, text, probabilities }: Written): HTMLElement {
  const paragraph = document.createElement('p');
  paragraph.dataset.text = opening + text;
  const [after, seed] = [document.createElement('span'), document.createElement('span')];
  after.className = 'after';
  after.textContent = step === 0 ? 'untrained' : `after ${step.toLocaleString('en')}`;
  seed.className = 'opening';
  seed.textContent = opening;
  paragraph.append(after, seed);
  [...text].forEach((character, n) => {
    const p = probabilities[n]!;
    const shown = document.createElement('i');
    shown.textContent = character;
    shown.style.setProperty('--p', p.toFixed(2));
    if (p < UNSURE) shown.className = 'unsure';
    shown.title = `“${character}”: ${(100 * p).toFixed(1)} %`;
    paragraph.append(shown);
  });
  return paragraph;
}
