/**
 * An unrolled network as textbooks draw it: time from left to right, layers from bottom to top, each weight matrix once, its
 * name at every step that uses it. This says what there is to draw; svg.ts and dot.ts draw it.
 */
import type { Tensor } from '../../../engine/index.js';
import type { Graph, UnrolledLayer } from '../../graph/graph.js';
import { trace, type LayerTrace } from '../trace.js';
import type { GraphNode } from '../../layers/node.js';
import { isShorter, partsOfSequences, shownSteps, stepsByLane } from './columns.js';

/** A box of the picture. */
export interface Box {
  /** The time step; null for what belongs to none. */
  readonly time: number | null;
  readonly text: string;
  /** The length of dLoss/d(what the box gives), of all examples together; null where it is not known. */
  readonly norm: number | null;
}

/** What stands side by side: the steps of a layer, or of one direction of it. */
export interface Lane {
  readonly name: string;
  /** `steps`: a box for each step; `one`: a vector of each example; `bar`: one box as wide as all. */
  readonly kind: 'steps' | 'one' | 'bar';
  /** From left to right; null where steps are left out. */
  readonly boxes: readonly (Box | null)[];
  /** The column of the first box: a decoder begins where its encoder ends. */
  readonly start: number;
  /** Whether states go from step to step, and which way. */
  readonly recurrence: 'forward' | 'backward' | null;
  /** Left or right of the middle: the two directions of a bidirectional layer make room for each other. */
  readonly side: -1 | 0 | 1;
  /** Places in the list of lanes: what it reads. */
  readonly from: readonly number[];
  /** The place of the lane from whose last state this one goes on. */
  readonly goesOnFrom: number | null;
  /** Whether it has what it reads the other way round: its first step is the last one there. */
  readonly reversed: boolean;
  /** Names of the matrices on the way from there, and of those between steps. */
  readonly inward: readonly string[];
  readonly across: readonly string[];
  /** All its weights, drawn once: names and shapes. */
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

type Traces = Readonly<Record<string, LayerTrace>>;

export interface Picture {
  /** From bottom to top. */
  readonly lanes: readonly Lane[];
}

/** With norms of gradients where a backward pass has followed the forward pass. */
export function createPicture(graph: Graph): Picture {
  const { batch: B, model, layers, lossNodes, inputGradient, lastPass } = graph;
  const traces: Traces | null = lastPass === 'backward' ? trace(graph) : null;
  const output = layers.at(-1)!.output;
  const nameOf = weightNames(graph);
  const shapes = new Map(model.parameters.list.map(({ name, value }) => [name, value.shape]));
  const lanes: Lane[] = [];

  function add(
    lane: Partial<Lane> & Pick<Lane, 'name' | 'kind' | 'boxes'>,
    ...used: (GraphNode | undefined)[]
  ): number {
    const parameters = [...new Set(used.flatMap((node) => node?.parameters ?? []))];
    const weights = parameters.map((name) => ({ name: nameOf(name), shape: shapes.get(name)! }));
    const matrices = (node: GraphNode | undefined) =>
      (node?.parameters ?? []).filter((name) => shapes.get(name)!.length > 1).map(nameOf);
    const [inward, across] = [matrices(used[0]), matrices(used[1])];
    const start = lanes[lane.from?.[0] ?? -1]?.start ?? 0;
    const plain = { recurrence: null, side: 0, from: [], goesOnFrom: null, reversed: false } as const;
    lanes.push({ ...plain, start, inward, across, weights, ...lane });
    return lanes.length - 1;
  }

  /** Boxes for the rows of all steps of a tensor, or of one vector, which has no parts. */
  function boxesOf(letter: string, parts: readonly number[], gradient: Tensor | null): (Box | null)[] {
    const known = traces && gradient;
    if (parts.length === 0) return [{ time: null, text: letter, norm: known ? norm(gradient) : null }];
    const T = parts.reduce((a, b) => a + b);
    const perStep = known && gradient.shape[0] === T * B ? gradient : null;
    return shownSteps(parts).map((t) =>
      t === null
        ? null
        : { time: t, text: subscript(letter, t), norm: perStep && norm(perStep, t * B, (t + 1) * B) },
    );
  }

  /**
   * The lanes of a recurrent layer: one, one for each direction, or one for the encoder and one for the decoder.
   * @param parts of the sequence that it reads
   */
  function addSteps(
    { nodes, input, output }: UnrolledLayer,
    below: number,
    parts: readonly number[],
  ): number[] {
    const inTurn = isShorter(output, input);
    const added: number[] = [];
    const ofLanes = [...stepsByLane(nodes)];
    ofLanes.forEach(([name, steps], n) => {
      const timeBackward = steps[0]!.time! > steps.at(-1)!.time!;
      const norms = traces?.[name]?.norms?.['h'];
      const own = !inTurn ? parts : n === 0 ? parts.slice(0, 1) : parts.slice(1);
      const boxes = shownSteps(own).map((t) =>
        t === null ? null : { time: t, text: subscript('h', t), norm: norms ? norms[t]! : null },
      );
      const [goesOnFrom = null] = inTurn ? added : [];
      const start = lanes[below]!.start + (goesOnFrom === null ? 0 : lanes[goesOnFrom]!.boxes.length);
      const recurrence = timeBackward ? 'backward' : 'forward';
      const side = ofLanes.length === 1 || inTurn ? 0 : n === 0 ? -1 : 1;
      const inputNode = nodes.find((node) => node.name === name);
      added.push(
        add(
          { name, kind: 'steps', boxes, start, recurrence, side, goesOnFrom, from: [below] },
          inputNode,
          steps[0],
        ),
      );
    });
    return added;
  }

  /**
   * @param parts of the sequence that it reads
   * @param given of the sequence that it gives
   * @returns the lane that others read
   */
  function addLevel(
    level: UnrolledLayer,
    below: number,
    parts: readonly number[],
    given: readonly number[],
  ): number {
    const { name, nodes, input, output } = level;
    const main = nodes.find((node) => node.name === name);
    const steps = addSteps(level, below, parts);
    const reverse = nodes.find((node) => node.name === `${name}.reverse`);
    if (reverse) {
      const boxes = boxesOf('y', given, reverse.gradients?.['y'] ?? null);
      return add({ name: reverse.name, kind: 'steps', boxes, from: steps, reversed: true });
    }
    // Of two directions something is made; what a decoder gives is the output.
    if (steps.length === 1 || isShorter(output, input)) return steps.at(-1)!;
    if (output.repeated && !input.repeated) {
      return add({
        name,
        kind: 'bar',
        boxes: [{ time: null, text: 'the same at every step', norm: null }],
        start: 0,
        from: [below],
      });
    }
    if (!main) return below;
    const boxes = boxesOf('y', output.repeated ? [] : given, main.gradients?.['y'] ?? null);
    const kind = output.repeated ? 'bar' : output.steps === null ? 'one' : 'steps';
    return add({ name, kind, boxes, from: steps.length ? steps : [below] }, main);
  }

  const parts = partsOfSequences(layers);
  let top = add({ name: 'input', kind: 'steps', boxes: boxesOf('x', parts[0]!, inputGradient) });
  layers.forEach((level, n) => (top = addLevel(level, top, parts[n]!, parts[n + 1]!)));
  const loss = lossNodes.at(-1);
  if (loss && 'labels' in loss.reads) {
    const kind = (output.steps ?? 1) === 1 ? 'one' : 'bar';
    add({
      name: 'loss',
      kind,
      boxes: [{ time: null, text: kind === 'bar' ? loss.name : 'L', norm: null }],
      from: [top],
    });
  }
  return { lanes };
}

/** `lstm2.U` is U, or where there are several U, the second of them U₂. */
function weightNames({ model }: Graph): (parameter: string) => string {
  const names = model.parameters.list.map(({ name }) => name);
  const letter = (name: string) => name.slice(name.lastIndexOf('.') + 1);
  return (parameter) => {
    const alike = names.filter((name) => letter(name) === letter(parameter));
    return alike.length === 1
      ? letter(parameter)
      : subscript(letter(parameter), alike.indexOf(parameter) + 1);
  };
}

const DIGITS = '₀₁₂₃₄₅₆₇₈₉';
const subscript = (letter: string, n: number) => letter + `${n}`.replace(/\d/g, (digit) => DIGITS[+digit]!);

/** The root of the sum of squares of rows of a dense matrix. */
function norm({ data, offset, size, shape }: Tensor, from = 0, to = shape[0]!): number {
  const width = size / shape[0]!;
  let sum = 0;
  for (let n = offset + from * width; n < offset + to * width; n++) sum += data[n]! ** 2;
  return Math.sqrt(sum);
}
