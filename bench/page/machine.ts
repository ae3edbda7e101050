/** The machine, as far as a page knows it, and what the competitors ran on. */
import type { Row } from '../browser/match.js';
import type { Surrounding } from '../browser/results.js';
import { element } from '../../tasks/playground/page/dom.js';
import { nameOf } from './rows.js';

export const surrounding = (): Surrounding => ({
  userAgent: navigator.userAgent,
  cores: navigator.hardwareConcurrency || 1,
  isIsolated: crossOriginIsolated,
});

export function drawMachine(rows: readonly Row[]): void {
  const { userAgent, cores, isIsolated } = surrounding();
  const facts: [string, string][] = [
    ['browser', userAgent],
    ['cores', String(cores)],
    ['page', isIsolated ? 'isolated across origins: has threads' : 'not isolated across origins: no threads'],
    ...rows.flatMap((row): [string, string][] =>
      row.about
        ? [
            [
              nameOf(row),
              Object.entries(row.about)
                .map(([name, value]) => `${name} ${value}`)
                .join(', '),
            ],
          ]
        : [],
    ),
  ];
  element('facts').replaceChildren(
    ...facts.flatMap(([name, value]) => {
      const [term, text] = [document.createElement('dt'), document.createElement('dd')];
      [term.textContent, text.textContent] = [name, value];
      return [term, text];
    }),
  );
}

/**
 * Offers to isolate a page whose host does not: with a service worker, which adds the headers to every
 * answer.
 * @returns null where that cannot be done
 */
export function isolation(): (() => void) | null {
  if (crossOriginIsolated || !isSecureContext || !('serviceWorker' in navigator)) return null;
  if (navigator.serviceWorker.controller) return null;
  return () => {
    const script = document.createElement('script');
    script.src = './isolate.js';
    document.head.append(script);
  };
}
