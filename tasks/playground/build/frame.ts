/**
 * What all pages share: the colours, the head, the name, the way to the other pages, the theme's button, and
 * the notice.
 */
import type { Plugin } from 'vite';
import { themeRules } from '../../common/colors.js';

const PAGES = [
  ['index.html', 'Playground'],
  ['lab.html', 'Lab'],
  ['bench.html', 'Bench'],
] as const;

/** @param page the file's name @param isAlone whether there is no page beside it */
function parts(page: string, isAlone: boolean): Readonly<Record<string, string>> {
  const links = PAGES.filter(([name]) => name !== page).map(
    ([name, title]) => `<a class="button quiet" href="./${name}">${title}</a>`,
  );
  return {
    head: `<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="data:," />`,
    name: '<h1>unrolled</h1>',
    pages: `${isAlone ? '' : `<nav aria-label="Pages">${links.join('\n      ')}</nav>`}
      <button id="theme" class="quiet" type="button">Dark</button>`,
    notice: `<div id="notice" class="notice" role="alert" hidden>
      <p id="noticeText"></p>
      <button id="remedy" type="button" hidden></button>
      <button id="dismiss" class="quiet" type="button" aria-label="Close this message">Close</button>
    </div>`,
  };
}

/**
 * Puts the shared parts where a page has comments with their names: `<!-- head -->`, and the colours before
 * its style.
 */
export const frame = (isAlone = false): Plugin => ({
  name: 'frame',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('/playground/page/style.css') ? themeRules() + code : null),
  transformIndexHtml: {
    order: 'pre',
    handler(html, { filename }) {
      const page = filename.replace(/^.*[/\\]/, '');
      let framed = html;
      for (const [name, part] of Object.entries(parts(page, isAlone))) {
        const place = `<!-- ${name} -->`;
        if (!html.includes(place)) throw new Error(`${page} has no ${place}`);
        framed = framed.replace(place, () => part);
      }
      return framed;
    },
  },
});
