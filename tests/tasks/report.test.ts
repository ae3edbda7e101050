import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderPage } from '../../tasks/report/render.js';
import { printable } from '../../tasks/common/printable.js';
import { forAll } from '../properties.js';
import { all, fullPage, parse, show, texts } from './pages.js';

describe('a page', () => {
  const html = renderPage(fullPage((place) => place));
  const page = parse(html);

  it('is one HTML document with a title and its sections', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(texts(page, 'title, h1, h2')).toEqual(['title', 'title', 'heading']);
  });

  it('needs no script and no other resource', () => {
    expect(all(page, 'script, link, img, iframe, object')).toEqual([]);
    expect(html).not.toMatch(/\s(src|href|on\w+)=|url\(|@import/);
    expect(html.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('describes each picture for readers who cannot see it', () => {
    const labels = all(page, 'svg[role=img]').map((svg) => svg.getAttribute('aria-label'));
    const chart = 'chart: y by x. first: first 1.000, last 0.3333; second: first 1.000, last 0.3333.';
    const confusion = 'confusion: rows are the truth, columns the prediction';
    // For wide and for narrow screens.
    expect(labels.filter(Boolean)).toEqual([chart, chart, confusion, confusion]);
    // The others are sample lines in a legend, next to their names.
    expect(all(page, 'svg:not([aria-hidden])')).toHaveLength(4);
    expect(all(page, 'svg [aria-label]')).toEqual([]);
  });

  const HOSTILE = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    '</style></title></svg><b>',
    '<!-- ]]> &lt; &amp; &#60;',
    '\u0000\u001b[31m\u202e\ud800',
  ];
  const shape = (text: (place: string) => string) =>
    all(parse(renderPage(fullPage(text))), '*').map(({ localName }) => localName);

  it.each(HOSTILE)('shows %j as text', (hostile) => {
    const text = (place: string) => place + hostile;
    expect(shape(text)).toEqual(shape((place) => place));
    const page = parse(renderPage(fullPage(text)));
    const shown = (selector: string) => texts(page, selector)[0];
    expect(shown('h1')).toBe(printable(`title${hostile}`));
    expect(shown('td')).toBe(printable(`A${hostile}`));
    expect(shown('dd')).toBe(printable(`lead${hostile}text${hostile}`));
    expect(shown('.legend span')).toBe(printable(`first${hostile}`));
    expect(all(page, 'svg').map((svg) => svg.getAttribute('aria-label'))[2]).toContain(
      printable(`y${hostile} by x${hostile}`),
    );
  });

  it('shows any string as text', () => {
    const plain = shape((place) => place);
    // A label of several lines has one element per line.
    const line = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ''));
    forAll(line, (any) => expect(shape((place) => place + any)).toEqual(plain));
  });

  it('keeps line breaks and spaces of a text', () => {
    const page = show({ kind: 'texts', texts: [{ label: 'epoch 1', text: 'two  spaces\nand a line' }] });
    expect(texts(page, 'dd')).toEqual(['two  spaces\nand a line']);
  });

  it('aligns names to the left and numbers to the right, or as specified', () => {
    const table = {
      kind: 'table',
      head: ['tag', 'words', 'recall'],
      rows: [['NN', '3,100', '0.95']],
    } as const;
    const classes = (page: ReturnType<typeof show>) =>
      all(page, 'th, td').map((cell) => cell.getAttribute('class'));
    expect(classes(show(table)).slice(3)).toEqual(['left', 'right', 'right']);
    expect(classes(show({ ...table, align: ['right', 'left'] })).slice(0, 3)).toEqual([
      'right',
      'left',
      'right',
    ]);
  });

  it('has no header cell without a text', () => {
    const page = show({ kind: 'table', head: ['', 'words'], rows: [['NN', '3,100']] });
    expect(texts(page, 'th')).toEqual(['words']);
  });
});
