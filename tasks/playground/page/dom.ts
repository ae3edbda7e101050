/** What the panels share: elements by name, colours of the theme, one drawing per frame. */

/** The element with this id. @throws Error when the page has none */
export function element<K extends keyof HTMLElementTagNameMap>(id: string, tag: K): HTMLElementTagNameMap[K];
export function element(id: string): HTMLElement;
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** Saves bytes as a file of the visitor's. */
export function download(name: string, bytes: Uint8Array): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  link.download = name;
  link.click();
  // Some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** An SVG element with these attributes. */
export function svg(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text?: string,
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Milliseconds of a frame that drawing may take; what is left waits for the next one. */
const BUDGET_MS = 6;

/** What is to be drawn, in the order in which it was asked for. */
const waiting = new Set<() => void>();

function drawWaiting(): void {
  const start = performance.now();
  try {
    for (const draw of waiting) {
      waiting.delete(draw);
      draw();
      if (performance.now() - start > BUDGET_MS) break;
    }
  } finally {
    // Also when one of them has failed: the others are drawn all the same.
    if (waiting.size > 0) requestAnimationFrame(drawWaiting);
  }
}

/** Returns a function that draws in one of the next frames, once, however often it is called. */
export function eachFrame(draw: () => void): () => void {
  return () => {
    if (waiting.size === 0) requestAnimationFrame(drawWaiting);
    waiting.add(draw);
  };
}

export interface Colors {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly edge: string;
  readonly faint: string;
  readonly card: string;
  readonly plus: string;
  readonly minus: string;
  readonly accent: string;
}

let colors: Colors | null = null;

/** The colours of the theme, as in the style sheet. */
export function themeColors(): Colors {
  if (colors) return colors;
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return (colors = {
    ...{ ink: of('ink'), soft: of('soft'), line: of('line'), edge: of('edge'), faint: of('faint') },
    ...{ card: of('card'), plus: of('plus'), minus: of('minus'), accent: of('accent') },
  });
}

export function forgetColors(): void {
  colors = null;
}

export const FONT = "12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
export const MONO = "13px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** Makes a canvas as wide as asked, sharp on any screen. @returns its context, in CSS pixels */
export function sized(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/**
 * The inner size of an element, as it was when it last changed: to ask for it would lay out the page anew.
 */
export interface Size {
  width: number;
  height: number;
}

/** @param changed called when the size has changed, and at first */
export function sizeOf(watched: Element, changed: () => void): Size {
  const size: Size = { width: 0, height: 0 };
  new ResizeObserver(([entry]) => {
    Object.assign(size, { width: entry!.contentRect.width, height: entry!.contentRect.height });
    changed();
  }).observe(watched);
  return size;
}
