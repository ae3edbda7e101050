/** What all exhibits share: messages to the visitor, the line at the bottom, and speech once a second. */
import type { LabFacts } from '../../lab/protocol.js';
import { element } from '../dom.js';
import { createNotice } from '../notice.js';

const SAY_MS = 1000;

export type Desk = ReturnType<typeof createDesk>;

export function createDesk() {
  const [line, said] = [element('facts'), element('status')];
  const notice = createNotice();
  let last = 0;
  return {
    /** A sentence for those who listen; the newest of a second is said. */
    say(sentence: string) {
      const now = performance.now();
      if (now - last < SAY_MS) return;
      last = now;
      said.textContent = sentence;
    },
    facts({ kernels }: LabFacts) {
      line.textContent = `Trained by this page with ${kernels}: the networks, examples and losses of the command line.`;
    },
    fail: (what: string) => notice.say(what, false),
    /** @param what null: nothing is wrong any more */
    complain: (what: string | null) => (what === null ? notice.hide() : notice.say(what, false)),
  };
}
