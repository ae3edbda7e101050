/** SVG made outside a browser: Observable Plot draws, and linkedom stands in for the DOM that it draws with. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** What is used of the DOM: the compiler knows it as part of browsers only. */
export interface Svg {
  readonly outerHTML: string;
  textContent: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  append(child: Svg): void;
  querySelectorAll(selector: string): Iterable<Svg>;
}

const NAMESPACE = 'http://www.w3.org/2000/svg';
const { document } = parseHTML('<html></html>') as unknown as {
  document: { createElementNS(namespace: string, name: string): Svg };
};

/**
 * Draws a picture.
 * @param label what it shows, for those who do not see it
 */
export function drawPlot(options: Plot.PlotOptions, label: string): Svg {
  const svg = Plot.plot({ ...options, document: document as never }) as unknown as Svg;
  svg.setAttribute('xmlns', NAMESPACE);
  svg.setAttribute('role', 'img');
  // linkedom escapes the quotes of an attribute and leaves the rest to us.
  svg.setAttribute('aria-label', label.replaceAll('&', '&amp;'));
  return svg;
}

/** An element to append to a picture. */
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

/** Paths to a tenth of a pixel: nobody sees more, and a curve of a thousand points is half as long to write. */
export function roundPaths(svg: Svg): void {
  for (const path of svg.querySelectorAll('path')) {
    const rounded = path.getAttribute('d')!.replace(/\d+\.\d+/g, (number) => `${+(+number).toFixed(1)}`);
    path.setAttribute('d', rounded);
  }
}
