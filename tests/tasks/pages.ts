/** Report pages for tests, and a parser for the result. */
import { parseHTML } from 'linkedom';
import type { Content, Page } from '../../tasks/report/index.js';
import { renderPage } from '../../tasks/report/render.js';

/** The used part of the DOM. */
export interface Element {
  readonly localName: string;
  readonly textContent: string;
  readonly outerHTML: string;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

export const parse = (html: string) => (parseHTML(html) as unknown as { document: Element }).document;

/** A page with only this content, parsed as in a browser. */
export function show(...content: Content[]): Element {
  return parse(renderPage({ task: 'test', title: 'Test', sections: [{ heading: 'Section', content }] }));
}

export const all = (root: Element, selector: string): Element[] => [...root.querySelectorAll(selector)];

export const texts = (root: Element, selector: string): string[] =>
  all(root, selector).map(({ textContent }) => textContent);

/** A page with every kind of content, all texts made by `text`. */
export function fullPage(text: (place: string) => string): Page {
  return {
    task: 'test',
    title: text('title'),
    intro: [text('intro')],
    sections: [
      {
        heading: text('heading'),
        text: text('paragraph'),
        content: [
          {
            kind: 'lineChart',
            title: text('chart'),
            x: text('x'),
            y: text('y'),
            series: ['first', 'second'].map((name) => ({
              name: text(name),
              points: [1, 2, 3].map((x) => [x, 1 / x] as const),
            })),
          },
          {
            kind: 'confusion',
            title: text('confusion'),
            unit: text('unit'),
            labels: [text('A'), text('B')],
            counts: [
              [90, 10],
              [2, 50],
            ],
          },
          { kind: 'table', title: text('caption'), head: ['', text('head')], rows: [[text('cell'), '1']] },
          { kind: 'texts', texts: [{ label: text('label'), lead: text('lead'), text: text('text') }] },
          { kind: 'facts', facts: [[text('name'), text('value')]] },
        ],
      },
    ],
  };
}
