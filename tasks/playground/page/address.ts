/** The page's address: the settings, or a stop of the tour. */
import { toHash, type Settings } from '../state.js';
import { fromAddress, TOUR, tourHash } from '../tour.js';
import { element } from './dom.js';

export class Address {
  /** @param open called when the visitor goes to an address, also to the one where they are */
  constructor(open: () => void) {
    element('tour').replaceChildren(
      ...TOUR.map(({ title }, n) => {
        const [item, link] = [document.createElement('li'), document.createElement('a')];
        link.href = `#${tourHash(n + 1)}`;
        link.textContent = `${n + 1} ${title}`;
        // The browser says nothing of a link to where it is.
        link.addEventListener('click', () => {
          if (link.hash === location.hash) open();
        });
        item.append(link);
        return item;
      }),
    );
    addEventListener('hashchange', open);
  }

  read(): ReturnType<typeof fromAddress> {
    return fromAddress(location.hash);
  }

  /**
   * Puts settings into the address, without a step in the history.
   * @param stop of the tour, if they are one
   */
  write(settings: Settings, stop: number | null = null): void {
    history.replaceState(null, '', `#${stop === null ? toHash(settings) : tourHash(stop)}`);
    document.querySelectorAll('#tour a').forEach((link, n) => {
      if (n + 1 === stop) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
    });
  }
}
