/** A picture in the DOT language, for Graphviz: `dot -Tsvg graph.dot`. */
import { gradientScale, normText } from './colors.js';
import { linksOf, type Place } from './links.js';
import { createPicture } from './picture.js';
import { requireGraph } from '../../graph/checks.js';
import type { Graph } from '../../graph/graph.js';

const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
const id = ({ lane, box }: Place) => `n${lane}_${box}`;

/** The same picture in the DOT language, for Graphviz. */
export function toDot(graph: Graph): string {
  requireGraph('toDot', graph);
  const picture = createPicture(graph);
  const scale = gradientScale(picture);
  const { lanes } = picture;
  const rows = lanes.map(({ name, boxes, weights }, lane) => {
    const weightText = weights.map((weight) => `${weight.name} ${weight.shape.join('×')}`).join('\n');
    const title = quote(weightText ? `${name}\n${weightText}` : name);
    const nodes = boxes.map((box, n) => {
      const place = id({ lane, box: n });
      if (!box) return `${place} [label="…", shape=plaintext];`;
      const paint = scale?.paint(box.norm);
      const colors = paint ? `, style=filled, fillcolor="${paint.fill}", fontcolor="${paint.letters}"` : '';
      const tooltip = box.norm === null ? '' : `, tooltip=${quote(`gradient norm ${normText(box.norm)}`)}`;
      return `${place} [label=${quote(box.text)}${colors}${tooltip}];`;
    });
    // One row from left to right, preceded by its weights.
    const order = [`w${lane}`, ...boxes.map((_, n) => id({ lane, box: n }))].join(' -> ');
    const row = [`w${lane} [label=${title}, shape=plaintext];`, ...nodes, `${order} [style=invis];`];
    return `  { rank=same;\n${row.map((line) => `    ${line}`).join('\n')}\n  }`;
  });
  const arrows = linksOf(picture).map(({ from, to, text }) => {
    const label = text ? [`label=${quote(text)}`] : [];
    // Arrows within a row are written from left to right, to keep the boxes in order.
    const reversed = from.lane === to.lane && from.box > to.box;
    const [a, b] = reversed ? [to, from] : [from, to];
    const attributes = [...label, ...(reversed ? ['dir=back'] : [])];
    return `  ${id(a)} -> ${id(b)}${attributes.length ? ` [${attributes.join(', ')}]` : ''};`;
  });
  const column = lanes.map((_, lane) => `w${lane}`).join(' -> ');
  const legend = scale
    ? [
        `  label=${quote(`gradient norms ${normText(scale.smallest)} (dark) to ${normText(scale.largest)} (bright)`)};`,
      ]
    : [];
  return [
    'digraph unrolled {',
    '  rankdir=BT;',
    '  graph [fontname="sans-serif"];',
    '  node [shape=box, fontname="sans-serif"];',
    '  edge [fontname="sans-serif", fontsize=10];',
    ...legend,
    ...rows,
    ...(lanes.length > 1 ? [`  ${column} [style=invis];`] : []),
    ...arrows,
    '}',
    '',
  ].join('\n');
}
