/** The page's style: light or dark as the reader prefers, and print. */
import { CELL_COLORS, colorRules, PAPER_AND_INK, QUIET, SERIES, SIGNS } from '../common/colors.js';

export const STYLE = `
  :root { color-scheme: light dark; }
${colorRules(':root', { ...PAPER_AND_INK, ...QUIET, ...SIGNS, ...SERIES, ...CELL_COLORS })}
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--card); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
  main { max-width: 50rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: break-word; }
  h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 1rem; }
  h2 { font-size: 1.25rem; margin: 2.5rem 0 0.75rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); }
  p { margin: 0.5rem 0; max-width: 44rem; }
  figure { margin: 1.25rem 0; }
  figcaption { font-weight: 600; text-align: left; }
  figcaption { margin-bottom: 0.25rem; }
  /* What is too wide scrolls in its own box, and a shadow at the edge says that there is more. */
  .wide {
    overflow-x: auto;
    background: linear-gradient(to right, var(--card) 40%, transparent) left / 3rem 100% no-repeat local,
      linear-gradient(to left, var(--card) 40%, transparent) right / 3rem 100% no-repeat local,
      linear-gradient(to right, var(--line), transparent) left / 1rem 100% no-repeat scroll,
      linear-gradient(to left, var(--line), transparent) right / 1rem 100% no-repeat scroll;
  }
  .chart > svg { display: block; width: auto; max-width: 100%; height: auto; }
  .if-narrow { display: none; }
  .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.25rem 0 0.5rem; padding: 0; font-size: 0.875rem; }
  .legend li { display: flex; align-items: center; gap: 0.4rem; }
  .key { font-size: 0.875rem; color: var(--soft); }
  .key [class^=is-] { color: var(--ink); print-color-adjust: exact; padding: 0 0.3em; border-radius: 0.2em; }
  .key .is-right { background: color-mix(in srgb, var(--plus) 45%, transparent); }
  .key .is-wrong { background: color-mix(in srgb, var(--minus) 45%, transparent); }
  table { border-collapse: collapse; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
  th, td { padding: 0.2rem 1.25rem 0.2rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
  th:last-child, td:last-child { padding-right: 0; }
  th { font-weight: 600; vertical-align: bottom; }
  thead > tr > * { border-color: var(--ink); }
  .left { text-align: left; }
  .right { text-align: right; }
  td.right { white-space: nowrap; }
  dl { margin: 0.75rem 0; }
  dl > div { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 0 1rem; padding: 0.3rem 0; align-items: baseline; }
  dt { color: var(--soft); font-size: 0.9375rem; }
  dd { margin: 0; }
  .texts > div + div { border-top: 1px solid var(--line); }
  .texts dd { font: 0.9rem/1.5 ui-monospace, monospace; white-space: pre-wrap; }
  .lead { color: var(--soft); }
  @media screen and (max-width: 40rem) {
    main { padding: 1.5rem 1rem 3rem; }
    dl > div { grid-template-columns: minmax(0, 1fr); }
    table { font-size: 0.8125rem; }
    th, td { padding-right: 0.375rem; }
    td.right { white-space: normal; }
    .if-wide { display: none; }
    .if-narrow { display: revert; }
  }
  @media print { main { max-width: none; padding: 0; } svg, tr, dl > div { break-inside: avoid; } h2 { break-after: avoid; } }
`;
