/** The line at the bottom, and what a screen reader says about the training. */
import type { Facts } from '../protocol.js';
import { element } from './dom.js';
import { createSpeech } from './speech.js';

export function createStatus() {
  const [line, say] = [element('facts'), createSpeech()];
  let fixed = '';
  let shown = 0;
  return {
    facts({ source, characters, vocabulary, parameters, kernels, threads }: Facts) {
      const text = `${source}: ${characters.toLocaleString('en')} characters, ${vocabulary.length} distinct`;
      fixed = `${text} · ${parameters.toLocaleString('en')} parameters · ${kernels}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
      line.textContent = fixed;
    },
    /** It is paused. */
    step(step: number) {
      line.textContent = `${fixed} · batch ${step.toLocaleString('en')}`;
    },
    progress(step: number, epoch: number, bits: number, speed: number) {
      const now = performance.now();
      const perSecond = `${Math.round(speed).toLocaleString('en')} characters a second`;
      if (now - shown > 250) {
        shown = now;
        line.textContent = `${fixed} · batch ${step.toLocaleString('en')}, epoch ${epoch} · ${perSecond}`;
      }
      say(`Batch ${step}: ${bits.toFixed(2)} bits per character, ${perSecond}`);
    },
  };
}
