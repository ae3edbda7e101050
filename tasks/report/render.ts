/** Renders a page as an HTML file without scripts, network or other files. */
import { renderConfusion } from './confusion.js';
import { renderLineChart } from './lineChart.js';
import { Markup, markup } from './markup.js';
import type { Content, Page, Section } from './page.js';
import { STYLE } from './style.js';
import { renderFacts, renderTable, renderTexts } from './words.js';
import { printable } from '../common/printable.js';

export function renderPage({ title, intro = [], sections }: Page): string {
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${intro.map(paragraph)}${sections.map(renderSection)}</main>
</body>
</html>
`;
  return page.html.replace(/[^\n\t]+/g, printable);
}

const paragraph = (text: string): Markup => markup`<p>${text}</p>\n`;

function renderSection({ heading, text, content }: Section): Markup {
  return markup`<section>
<h2>${heading}</h2>
${text === undefined ? [] : paragraph(text)}${content.map(renderContent)}</section>
`;
}

function renderContent(content: Content): Markup {
  switch (content.kind) {
    case 'lineChart':
      return renderLineChart(content);
    case 'confusion':
      return renderConfusion(content);
    case 'table':
      return renderTable(content);
    case 'texts':
      return renderTexts(content);
    case 'facts':
      return renderFacts(content);
  }
}
