/** What all exhibits share: messages to the visitor, the line at the bottom, and speech once a second. */
import type { LabFacts } from '../../lab/protocol.js';
import { copyText } from '../copy.js';
import { element } from '../dom.js';
import { createNotice } from '../notice.js';
import { createSpeech } from '../speech.js';

export type Desk = ReturnType<typeof createDesk>;

export function createDesk() {
  const line = element('facts');
  const notice = createNotice();
  return {
    /** A sentence for those who listen. */
    say: createSpeech(),
    facts({ kernels }: LabFacts) {
      line.textContent = `Trained by this page with ${kernels}: the networks, examples and losses of the command line.`;
    },
    /** Copies the address, which has the settings. */
    share: () =>
      void copyText(notice, location.href, 'The address is copied.', 'Copy the address of this page.'),
    fail: (what: string) => notice.say(what, false),
    /** @param what null: nothing is wrong any more */
    complain: (what: string | null) => (what === null ? notice.hide() : notice.say(what, false)),
  };
}
