/** SVG without a browser: Observable Plot draws, on the DOM of linkedom. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { Markup, markup } from './markup.js';

/** The used part of the DOM, whose types the compiler has only for browsers. */
export interface Svg {
  readonly outerHTML: string;
  textContent: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(child: Svg): void;
  querySelectorAll(selector: string): Iterable<Svg>;
}

const NAMESPACE = 'http://www.w3.org/2000/svg';
const { document } = parseHTML('<html></html>') as unknown as {
  document: { createElementNS(namespace: string, name: string): Svg };
};

/**
 * Draws a picture.
 * @param label a description, for readers who cannot see it
 */
export function drawPlot(options: Plot.PlotOptions, label: string): Svg {
  const svg = Plot.plot({ ...options, document: document as never }) as unknown as Svg;
  // Plot labels the parts with what they are. In a picture with a label of its own, they may have none.
  for (const part of svg.querySelectorAll('[aria-label]')) {
    part.setAttribute('class', part.getAttribute('aria-label')!);
    part.removeAttribute('aria-label');
  }
  svg.setAttribute('xmlns', NAMESPACE);
  svg.setAttribute('role', 'img');
  // linkedom escapes only the quotes of an attribute.
  svg.setAttribute('aria-label', label.replaceAll('&', '&amp;'));
  return svg;
}

/**
 * A picture in two forms, of which the page shows the one that fits: letters of a wide one are too small on a
 * phone.
 */
export const fitting = (draw: (isNarrow: boolean) => Svg): Markup =>
  markup`<div class="chart if-wide">${new Markup(draw(false).outerHTML)}</div>
<div class="chart if-narrow">${new Markup(draw(true).outerHTML)}</div>\n`;

/** Creates an element to append to a picture. */
export function createSvgElement(
  name: string,
  text: string,
  attributes: Readonly<Record<string, string>> = {},
): Svg {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

/** Rounds paths to a tenth of a pixel, which halves the text of a curve of a thousand points. */
export function roundPaths(svg: Svg): void {
  for (const path of svg.querySelectorAll('path')) {
    const rounded = path.getAttribute('d')!.replace(/\d+\.\d+/g, (number) => `${+(+number).toFixed(1)}`);
    path.setAttribute('d', rounded);
  }
}
