/**
 * An unrolled network as textbooks draw it: time from left to right, layers from bottom to top, each weight matrix once, its
 * name at every step that uses it. This says what there is to draw; svg.ts and dot.ts draw it.
 */
import type { Tensor } from '../../engine/index.js';
import type { Anatomy, Level } from '../anatomy.js';
import type { GraphNode, LayerTrace } from '../layer.js';
import { cutOf, handover, shownSteps, stepsByLane } from './columns.js';

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
  /** The column in which its first box stands: that of a decoder is behind those of its encoder. */
  readonly start: number;
  /** Places in the list of lanes: what it reads. */
  readonly from: readonly number[];
  /** The place of the lane whose last state is its first one; null: it begins by itself. */
  readonly goesOnFrom: number | null;
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
    const nowhere = { recurrence: null, side: 0, start: 0, from: [], goesOnFrom: null } as const;
    lanes.push({ ...nowhere, inward, across, weights, ...lane });
    return lanes.length - 1;
  }

  /** Boxes for the rows of all steps of a tensor, or of one vector. */
  function boxesOf(
    letter: string,
    T: number | null,
    gradient: Tensor | null,
    cut: number | null,
  ): (Box | null)[] {
    const known = traces && gradient;
    if (T === null) return [{ time: null, text: letter, norm: known ? norm(gradient) : null }];
    const perStep = known && gradient.shape[0] === T * B ? gradient : null;
    return shownSteps(T, cut).map((t) =>
      t === null
        ? null
        : { time: t, text: subscript(letter, t), norm: perStep && norm(perStep, t * B, (t + 1) * B) },
    );
  }

  /**
   * @param below the lane that the layer reads
   * @param cut   where the steps of its output are cut; see cutOf
   * @returns the lane that others read
   */
  function addLevel({ name, nodes, input, output }: Level, below: number, cut: number | null): number {
    const main = nodes.find((node) => node.name === name);
    const steps = stepsByLane(nodes);
    const follow = handover(nodes, input.steps) !== null;
    const ends: number[] = [];
    for (const [lane, ofSteps] of steps) {
      const timeBackward = ofSteps[0]!.time! > ofSteps.at(-1)!.time!;
      const norms = traces?.[lane]?.norms?.['h'];
      // Where the two parts of a layer follow one another, neither is cut: the cut is between them.
      const boxes = shownSteps(ofSteps.length, follow ? null : cut).map((t) =>
        t === null ? null : { time: t, text: subscript('h', t), norm: norms ? norms[t]! : null },
      );
      const inputNode = nodes.find((node) => node.name === lane);
      const before = follow ? (ends.at(-1) ?? null) : null;
      const place: Partial<Lane> = {
        from: [below],
        goesOnFrom: before,
        start: lanes[before ?? below]!.start + (before === null ? 0 : lanes[before]!.boxes.length),
        recurrence: timeBackward ? 'backward' : 'forward',
        side: steps.size === 1 || follow ? 0 : timeBackward ? 1 : -1,
      };
      ends.push(add({ name: lane, kind: 'steps', boxes, ...place }, inputNode, ofSteps[0]));
    }
    if (steps.size === 1 || follow) return ends.at(-1)!;
    if (output.repeated && !input.repeated) {
      return add({
        name,
        kind: 'bar',
        boxes: [{ time: null, text: 'the same at every step', norm: null }],
        from: [below],
      });
    }
    if (!main) return below;
    const boxes = boxesOf('y', output.repeated ? null : output.steps, main.gradients?.['y'] ?? null, cut);
    const kind = boxes.length > 1 || output.steps !== null ? 'steps' : 'one';
    const { start } = lanes[ends[0] ?? below]!;
    return add({ name, kind, boxes, start, from: ends.length ? ends : [below] }, main);
  }

  const { steps: T, inputGradient } = anatomy;
  let top = add({ name: 'input', kind: 'steps', boxes: boxesOf('x', T, inputGradient, cutOf(levels, 0)) });
  levels.forEach((level, n) => (top = addLevel(level, top, cutOf(levels, n))));
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
