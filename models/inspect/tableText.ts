/** The description of a graph as a plain-text table. */
import type { Description, NodeDescription } from './description.js';

type Table = Pick<Description, 'nodes' | 'parameters' | 'bytesPerStep' | 'bytes'>;

const HEADINGS = ['node', 'time', 'in', 'out', 'parameters', 'saved', 'per step', 'bytes'];
/** Columns that hold words or shapes; the others are numbers. */
const WORDS = 4;

/** A line for each node; identical consecutive steps share one. Byte counts are not abbreviated. */
export function tableText({ nodes, parameters, bytesPerStep, bytes }: Table): string {
  const lines = groupSteps(nodes).map((group) => {
    const [first, last] = [group[0]!, group.at(-1)!];
    const layer = first.node.replace(/@.*/, '');
    const times = first === last ? `${first.time ?? ''}` : `${first.time}..${last.time}`;
    const name = first === last ? first.node : `${layer}@${times}`;
    const total = group.reduce((sum, row) => sum + row.bytes, 0);
    return [
      name,
      times,
      shapesText(first.shapesIn),
      shapesText(first.shapesOut),
      number(first.parameters),
      number(first.bytesSaved * group.length),
      number(Math.round(first.bytesPerStep)),
      number(total),
    ];
  });
  const total = [
    'total',
    '',
    '',
    '',
    number(parameters),
    savedOf(nodes),
    number(Math.round(bytesPerStep)),
    number(bytes),
  ];
  const table = [HEADINGS, ...lines, total];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  const text = table.map((line) =>
    line
      .map((cell, column) => (column < WORDS ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
  const rule = '-'.repeat(Math.max(...text.map((line) => line.length)));
  return [text[0], rule, ...text.slice(1, -1), rule, text.at(-1)].join('\n');
}

/** Groups consecutive steps of a layer with the same shapes and sizes. */
function groupSteps(nodes: readonly NodeDescription[]): NodeDescription[][] {
  const groups: NodeDescription[][] = [];
  let before = '';
  for (const row of nodes) {
    const { node, time, ...figures } = row;
    const kind = JSON.stringify([node.replace(/@.*/, '@'), time === null ? node : 'step', figures]);
    if (kind === before) groups.at(-1)!.push(row);
    else groups.push([row]);
    before = kind;
  }
  return groups;
}

const number = (value: number) => value.toLocaleString('en');

const savedOf = (nodes: readonly NodeDescription[]) =>
  number(nodes.reduce((sum, { bytesSaved }) => sum + bytesSaved, 0));

/** `a 32x256, hPrev 32x64` */
function shapesText(shapes: Readonly<Record<string, readonly number[]>>): string {
  return Object.entries(shapes)
    .map(([name, shape]) => `${name} ${shape.join('x')}`)
    .join(', ');
}
