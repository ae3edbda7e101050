/**
 * An unrolled network as in textbooks: time from left to right, layers from bottom to top, each weight matrix
 * drawn once and named at every step that uses it. This file decides what to draw; svg.ts and dot.ts draw it.
 */
import type { Graph, UnrolledLayer } from '../../graph/graph.js';
import { isShorter, partsOfSequences, stepsByLane } from './columns.js';
import type { Picture } from './lane.js';
import { createSheet, type Sheet } from './sheet.js';

/** Creates the picture, with gradient norms if a backward pass followed the forward pass. */
export function createPicture(graph: Graph): Picture {
  const { layers, lossNodes, inputGradient } = graph;
  const sheet = createSheet(graph);
  const parts = partsOfSequences(layers);
  let top = sheet.add({ name: 'input', kind: 'steps', boxes: sheet.boxesOf('x', parts[0]!, inputGradient) });
  layers.forEach((layer, n) => (top = addLayer(sheet, layer, top, parts[n]!, parts[n + 1]!)));
  const loss = lossNodes.at(-1);
  if (loss && 'labels' in loss.reads) {
    const kind = (layers.at(-1)!.output.steps ?? 1) === 1 ? 'one' : 'bar';
    const text = kind === 'bar' ? loss.name : 'L';
    sheet.add({ name: 'loss', kind, boxes: [{ time: null, text, norm: null }], from: [top] });
  }
  return { lanes: sheet.lanes };
}

/**
 * Adds the lanes of a layer.
 * @param below the lane that the layer reads
 * @param parts lengths of the parts of its input sequence
 * @param given the same for its output sequence
 * @returns the lane that the next layer reads
 */
function addLayer(
  sheet: Sheet,
  layer: UnrolledLayer,
  below: number,
  parts: readonly number[],
  given: readonly number[],
): number {
  const { name, nodes, input, output } = layer;
  const main = nodes.find((node) => node.name === name);
  const steps = addSteps(sheet, layer, below, parts);
  const reverse = nodes.find((node) => node.name === `${name}.reverse`);
  if (reverse) {
    const boxes = sheet.boxesOf('y', given, reverse.gradients?.['y'] ?? null);
    return sheet.add({ name: reverse.name, kind: 'steps', boxes, from: steps, reversed: true });
  }
  // Two directions are merged into one output; a decoder's lane is the output itself.
  if (steps.length === 1 || isShorter(output, input)) return steps.at(-1)!;
  if (output.repeated && !input.repeated) {
    const boxes = [{ time: null, text: 'the same at every step', norm: null }];
    return sheet.add({ name, kind: 'bar', boxes, start: 0, from: [below] });
  }
  if (!main) return below;
  const boxes = sheet.boxesOf('y', output.repeated ? [] : given, main.gradients?.['y'] ?? null);
  const kind = output.repeated ? 'bar' : output.steps === null ? 'one' : 'steps';
  return sheet.add({ name, kind, boxes, from: steps.length ? steps : [below] }, main);
}

/**
 * Adds the lanes of a recurrent layer: one, or one for each direction, or one each for encoder and decoder.
 * @param parts lengths of the parts of its input sequence
 */
function addSteps(
  sheet: Sheet,
  { nodes, input, output }: UnrolledLayer,
  below: number,
  parts: readonly number[],
): number[] {
  const inTurn = isShorter(output, input);
  const added: number[] = [];
  const ofLanes = [...stepsByLane(nodes)];
  ofLanes.forEach(([name, steps], n) => {
    const boxes = sheet.stateBoxes(name, !inTurn ? parts : n === 0 ? parts.slice(0, 1) : parts.slice(1));
    const [continues = null] = inTurn ? added : [];
    const read = sheet.lanes[below]!.start;
    const start = read + (continues === null ? 0 : sheet.lanes[continues]!.boxes.length);
    const recurrence = steps[0]!.time! > steps.at(-1)!.time! ? 'backward' : 'forward';
    const side = ofLanes.length === 1 || inTurn ? 0 : n === 0 ? -1 : 1;
    const lane = { name, kind: 'steps', boxes, start, recurrence, side, continues, from: [below] } as const;
    const inputNode = nodes.find((node) => node.name === name);
    added.push(sheet.add(lane, inputNode, steps[0]));
  });
  return added;
}
