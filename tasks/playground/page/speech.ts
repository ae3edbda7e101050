/** What a screen reader says of what goes on: no more than a sentence a second. */
import { element } from './dom.js';

const SAY_MS = 1000;

/** @returns a function that has a sentence said, unless another one has just been */
export function createSpeech(): (sentence: string) => void {
  const said = element('status');
  let last = -Infinity;
  return (sentence) => {
    const now = performance.now();
    if (now - last < SAY_MS) return;
    last = now;
    said.textContent = sentence;
  };
}
