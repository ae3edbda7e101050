/** The elements of a card, and its texts. */
import { SIZES, type TopologyExhibit } from '../../lab/exhibit.js';

type Name = TopologyExhibit['name'];

interface Texts {
  readonly title: string;
  readonly hint: string;
  readonly loss: string;
  /** What has the loss of the dotted line. */
  readonly baseline: string;
}

const OF_SYMBOLS = { loss: 'cross entropy', baseline: 'guessing' };

export const TEXTS: Readonly<Record<Name, Texts>> = {
  adding: {
    title: 'Many to one',
    hint: 'Reads 20 numbers, two of them marked, and says their sum at the end.',
    ...{ loss: 'mean squared error', baseline: 'always answering 1' },
  },
  copy: {
    title: 'Many to many, step by step',
    hint: 'Says at each step the letter that it read five steps ago.',
    ...OF_SYMBOLS,
  },
  label: { title: 'One to many', hint: 'Reads a number once, and spells it.', ...OF_SYMBOLS },
  reverse: {
    title: 'Many to many, encoder and decoder',
    hint: 'Reads a string to its end, then writes it backwards, reading what it has written.',
    ...OF_SYMBOLS,
  },
};

export function layOutCard(name: Name): HTMLElement {
  const { title, hint, loss } = TEXTS[name];
  const card = document.createElement('article');
  card.className = 'card';
  card.id = `card-${name}`;
  card.setAttribute('aria-label', title);
  card.innerHTML = `
    <h3></h3>
    <p class="hint"></p>
    <svg class="unrolled" role="img" aria-label="The network, unrolled"></svg>
    <p class="caption"></p>
    <svg class="chart" role="img"></svg>
    <div class="group" role="group">
      <button class="primary" data-do="train" type="button" disabled>Train</button>
      <button data-do="step" type="button" disabled>1 batch</button>
      <button data-do="restart" type="button" disabled>Start again</button>
      <code></code>
    </div>`;
  const size = SIZES[name] === undefined ? '' : ` --size ${SIZES[name]}`;
  card.querySelector('h3')!.textContent = title;
  card.querySelector('.hint')!.textContent = hint;
  card.querySelector('code')!.textContent = `npm start -- topology ${name}${size}`;
  card.querySelector('.chart')!.setAttribute('aria-label', `${title}: ${loss} by batch`);
  card.querySelector('.group')!.setAttribute('aria-label', title);
  return card;
}
