/**
 * An unrolled network as textbooks draw it: time from left to right, layers from bottom to top, each weight matrix once, its
 * name at every step that uses it. This says what there is to draw; svg.ts and dot.ts draw it.
 */
import type { Tensor } from '../../engine/index.js';
import type { Anatomy, Level } from '../anatomy.js';
import type { GraphNode, LayerTrace } from '../layer.js';

/** Sequences of more steps are shortened to their first and last ones. */
const MOST_STEPS = 7;
const ENDS = 3;

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
  /** Whether states go from step to step, and which way. */
  readonly recurrence: 'forward' | 'backward' | null;
  /** Left or right of the middle: the two directions of a bidirectional layer make room for each other. */
  readonly side: -1 | 0 | 1;
  /** Places in the list of lanes: what it reads. */
  readonly from: readonly number[];
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

/** @param traces of the recurrent layers, where a backward pass has followed the forward pass */
export function createPicture(anatomy: Anatomy, traces: Traces | null): Picture {
  const { batch: B, model, levels } = anatomy;
  const nameOf = weightNames(anatomy);
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
    lanes.push({ recurrence: null, side: 0, from: [], inward, across, weights, ...lane });
    return lanes.length - 1;
  }

  /** Boxes for the rows of all steps of a tensor, or of one vector. */
  function boxesOf(letter: string, T: number | null, gradient: Tensor | null): (Box | null)[] {
    const known = traces && gradient;
    if (T === null) return [{ time: null, text: letter, norm: known ? norm(gradient) : null }];
    const perStep = known && gradient.shape[0] === T * B ? gradient : null;
    return shownSteps(T).map((t) =>
      t === null
        ? null
        : { time: t, text: subscript(letter, t), norm: perStep && norm(perStep, t * B, (t + 1) * B) },
    );
  }

  /** @returns the lane that others read */
  function addLevel({ name, nodes, input, output }: Level, below: number): number {
    const main = nodes.find((node) => node.name === name);
    const steps = stepsByLane(nodes);
    const ends: number[] = [];
    for (const [lane, ofSteps] of steps) {
      const timeBackward = ofSteps[0]!.time! > ofSteps.at(-1)!.time!;
      const norms = traces?.[lane]?.norms?.['h'];
      const boxes = shownSteps(ofSteps.length).map((t) =>
        t === null ? null : { time: t, text: subscript('h', t), norm: norms ? norms[t]! : null },
      );
      const recurrence = timeBackward ? 'backward' : 'forward';
      const side = steps.size > 1 ? (timeBackward ? 1 : -1) : 0;
      const inputNode = nodes.find((node) => node.name === lane);
      ends.push(
        add({ name: lane, kind: 'steps', boxes, recurrence, side, from: [below] }, inputNode, ofSteps[0]),
      );
    }
    if (steps.size === 1) return ends[0]!;
    if (output.repeated && !input.repeated) {
      return add({
        name,
        kind: 'bar',
        boxes: [{ time: null, text: 'the same at every step', norm: null }],
        from: [below],
      });
    }
    if (!main) return below;
    const boxes = boxesOf('y', output.repeated ? null : output.steps, main.gradients?.['y'] ?? null);
    const kind = boxes.length > 1 || output.steps !== null ? 'steps' : 'one';
    return add({ name, kind, boxes, from: ends.length ? ends : [below] }, main);
  }

  let top = add({ name: 'input', kind: 'steps', boxes: boxesOf('x', anatomy.steps, anatomy.inputGradient) });
  for (const level of levels) top = addLevel(level, top);
  const loss = anatomy.after.at(-1);
  if (loss && 'labels' in loss.reads) {
    const kind = anatomy.output.steps === null ? 'one' : 'bar';
    add({
      name: 'loss',
      kind,
      boxes: [{ time: null, text: kind === 'bar' ? loss.name : 'L', norm: null }],
      from: [top],
    });
  }
  return { lanes };
}

/** Step numbers, null in the place of those that are left out. */
function shownSteps(T: number): (number | null)[] {
  const all = Array.from({ length: T }, (_, t) => t);
  return T <= MOST_STEPS ? all : [...all.slice(0, ENDS), null, ...all.slice(-ENDS)];
}

/** The nodes of single steps, by what stands before `@`; in execution order. */
function stepsByLane(nodes: readonly GraphNode[]): Map<string, GraphNode[]> {
  const lanes = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    if (node.time === null) continue;
    const lane = node.name.slice(0, node.name.lastIndexOf('@'));
    lanes.set(lane, [...(lanes.get(lane) ?? []), node]);
  }
  return lanes;
}

/** `lstm2.U` is U, or where there are several U, the second of them U₂. */
function weightNames({ model }: Anatomy): (parameter: string) => string {
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
