/** A sentence above the panels: what went wrong and what to do, or what a stop of the tour shows. */
import { element } from './dom.js';

export function createNotice() {
  const [box, text] = [element('notice'), element('noticeText')];
  const [remedy, dismiss] = [element('remedy', 'button'), element('dismiss', 'button')];
  let act: (() => void) | null = null;
  const hide = () => (box.hidden = true);
  dismiss.addEventListener('click', hide);
  remedy.addEventListener('click', () => {
    hide();
    act?.();
  });
  return {
    hide,
    /** @param action a remedy: what its button says, and does */
    say(what: string, isCalm: boolean, action?: { label: string; act: () => void }) {
      box.hidden = false;
      box.classList.toggle('calm', isCalm);
      text.textContent = what;
      act = action?.act ?? null;
      remedy.hidden = !action;
      remedy.textContent = action?.label ?? '';
    },
  };
}
