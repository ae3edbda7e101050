/**
 * Unrolls a cell over time: allocates its buffers and creates its nodes.
 *
 * The first node handles all steps at once: x U + b forward, and dU, dW, db and dx backward, one matrix
 * product each over the rows of all steps. It is followed by one node per step, whose passes are in bptt.ts.
 */
import { declaredPasses, kernelsOnly, rows, type Kernels, type Tensor } from '../../engine/index.js';
import type { Cell } from '../../cells/index.js';
import { drawMask, requireNumbers, unrollDropout } from '../layers/dropout.js';
import type { CarriedState, UnrollResult } from '../layers/layer.js';
import { node, type GraphNode } from '../layers/node.js';
import { createUnrolledCell, type UnrolledCell } from '../layers/unrolledCell.js';
import { createBptt, type Bptt } from './bptt.js';
import type { Boundary, CellContext, CellOptions } from './cellContext.js';
import { projectPerGate } from './gateDropout.js';
import { inputParameters, projectInput, type Projection } from './inputProjection.js';
import { createRealSteps, type RealSteps } from './realSteps.js';

/** Shared by the nodes of one cell. */
interface Parts {
  readonly context: CellContext;
  readonly unrolled: UnrolledCell;
  readonly real: RealSteps;
  readonly bptt: Bptt;
  readonly projection: Projection;
  readonly masks: Masks;
}

/** The masks that the cell's own dropout draws, empty where it has none. */
interface Masks {
  /** On the input of each gate, [B,D] each. */
  readonly input: readonly Tensor[];
  /** On the state, [B,H]: one, or one for each gate. */
  readonly state: readonly Tensor[];
  /** Draws all of them. */
  readonly draw: () => void;
}

/** @param reverse read from the last step to the first; the outputs stay in the order of the inputs */
export function unrollCell(
  cell: Cell,
  options: CellOptions,
  reverse: boolean,
  given: CellContext,
  boundary: Boundary = {},
): UnrollResult {
  const { units: H, returnSequences = false, stateful = false } = options;
  const masks = createMasks(cell, options, given);
  const rate = masks.input.length > 0 ? 0 : (options.dropout ?? 0);
  const inputDropout = unrollDropout({ ...given, name: `${given.name}.dropout` }, rate, true);
  const dropped = inputDropout.output !== given.input;
  const context = dropped ? { ...given, input: inputDropout.output, accumulateInputGradient: false } : given;
  const { k, name, input, batch: B, training, parameters } = context;
  const T = requireSequence(name, input.steps);

  const unrolled = createUnrolledCell(k, training, {
    ...{ B, T, H, reverse, cell, parameters },
    ...{ mask: input.mask, dropMasks: masks.state },
  });
  const { forward, backward, order } = unrolled;
  const real = createRealSteps(input.mask, B, T);
  const bptt = createBptt(k, unrolled, real, boundary.dFinalState ?? null);
  const [a, da] = [forward.all.a, backward && backward.all.da];
  const projection =
    masks.input.length > 0
      ? projectPerGate(context, a, da, (t) => real.of(t), masks.input)
      : projectInput(context, a, da, (t) => real.of(t));
  const parts = { context, unrolled, real, bptt, projection, masks };

  const dOutput = training ? k.zeros((returnSequences ? T : 1) * B, H) : null;
  const last = order.at(-1)!;
  /** The gradient of the output at step t: what the loss or the layer above adds to dh. */
  const fromLoss = (t: number) => {
    if (!dOutput) return null;
    if (returnSequences) return rows(dOutput, t * B, (t + 1) * B);
    return t === last ? dOutput : null;
  };
  return {
    nodes: [
      ...inputDropout.nodes,
      ...projection.shared,
      createInputNode(parts, boundary.initialStateComputed ?? false),
      ...order.map((t) => createStepNode(parts, t, fromLoss(t))),
    ],
    output: {
      value: returnSequences ? forward.all.state.h! : forward.steps[last]!.state.h!,
      gradient: dOutput,
      steps: returnSequences ? T : null,
      mask: returnSequences ? input.mask : null,
      gathered: null,
      repeated: false,
    },
    states: { [name]: Object.fromEntries(cell.states.map((s) => [s, carriedState(parts, s, stateful)])) },
    cells: { [name]: unrolled },
  };
}

function createMasks(
  { gates }: Cell,
  { units, dropout = 0, recurrentDropout = 0, dropoutPerGate = false }: CellOptions,
  { k, name, batch, training, input, dropoutRandom }: CellContext,
): Masks {
  const masksOf = (count: number, width: number) =>
    Array.from({ length: training ? count : 0 }, () => k.zeros(batch, width));
  const isPerGate = dropoutPerGate && dropout > 0;
  if (isPerGate) requireNumbers(`${name}.dropout`, input);
  const ofInput = isPerGate ? masksOf(gates.length, input.value.shape[1]!) : [];
  const ofState = recurrentDropout > 0 ? masksOf(dropoutPerGate ? gates.length : 1, units) : [];
  return {
    input: ofInput,
    state: ofState,
    draw() {
      for (const mask of ofInput) drawMask(mask, dropout, dropoutRandom);
      for (const mask of ofState) drawMask(mask, recurrentDropout, dropoutRandom);
    },
  };
}

/** The node for all steps: x U + b, and the gradients that are sums over all steps. */
function createInputNode(
  { context, unrolled, real, bptt, projection, masks }: Parts,
  initialStateComputed: boolean,
): GraphNode {
  const { k, name, gradients: dp, initialStateGradient } = context;
  const { cell, B, T, reverse, forward, backward, order } = unrolled;
  const initial = ({ stateAfter }: { stateAfter: (s: string, n: number) => Tensor }, prefix: string) =>
    Object.fromEntries(cell.states.map((s) => [prefix + s, stateAfter(s, 0)]));
  const inputNode = node({
    name,
    reads: { x: context.input.value },
    writes: { a: forward.all.a },
    gradients: { a: backward && backward.all.da },
    scratch: {
      ...projection.scratch,
      ...initial(forward, 'initial.'),
      ...(backward && initial(backward, 'initial.d')),
      ...numbered('inputMask', masks.input),
      ...numbered('dropMask', masks.state),
      ...bptt.scratch,
    },
    parameters: inputParameters(name, unrolled.parameters),
    // Checked at run time: states may be set or carried between passes, and padding differs per batch.
    prepare() {
      masks.draw();
      real.update();
      const prevIsZero = !initialStateComputed && isZero(k, forward.steps[order[0]!]!.prev.h!);
      const start = reverse ? real.end - 1 : real.begin;
      for (let t = 0; t < T; t++) {
        forward.steps[t]!.prevIsZero = prevIsZero && t === start;
        if (backward) backward.steps[t]!.needsDPrev = t !== start || initialStateGradient;
      }
      return (real.begin * (T + 1) + real.end) * 2 + Number(prevIsZero);
    },
    forward: projection.forward,
    backward: projection.backward,
    accumulate() {
      const [from, to] = [real.begin * B, real.end * B];
      cell.accumulate(k, dp, forward.slice(from, to), backward!.slice(from, to));
      projection.accumulate();
    },
  });
  // The products with x are kernel calls; `accumulate` is what the cell makes of it.
  const ofCell = declaredPasses(cell).filter((pass) => pass === 'accumulate');
  return kernelsOnly(inputNode, ['forward', 'backward', ...ofCell]);
}

/** The node of step t. */
function createStepNode(parts: Parts, t: number, fromLoss: Tensor | null): GraphNode {
  const { context, unrolled, real, bptt, projection } = parts;
  const { cell, parameters, forward, backward, dropMasks } = unrolled;
  const masked = (name: string, seen: readonly Tensor[]) => numbered(name, seen.slice(0, dropMasks.length));
  const step = forward.steps[t]!;
  const d = backward && backward.steps[t]!;
  const letters = Object.keys(parameters).filter((letter) => letter !== 'U' && letter !== 'b');
  const { forward: forwardStep, backward: backwardStep } = bptt.createStep(t, fromLoss);
  const stepNode = node({
    name: `${context.name}@${t}`,
    time: t,
    reads: { a: step.a, ...Object.fromEntries(cell.states.map((s) => [`${s}Prev`, step.prev[s]!])) },
    writes: { ...step.state },
    saved: { gates: step.a, ...step.saved },
    gradients: { ...(d && d.dState) },
    scratch: {
      ...masked('hIn', step.hIn),
      fromLoss,
      ...(d && { da: d.da, ...masked('dhIn', d.dhIn), ...d.scratch }),
    },
    parameters: letters.map((letter) => `${context.name}.${letter}`),
    forward() {
      if (real.has(t)) projection.copyStep?.(t);
      forwardStep();
    },
    backward: backwardStep,
  });
  return kernelsOnly(stepNode, declaredPasses(cell));
}

function carriedState({ context, unrolled }: Parts, s: string, stateful: boolean): CarriedState {
  const { k, advance, initialStateGradient } = context;
  const { forward, backward, T } = unrolled;
  const [initial, final, next] = [0, T, advance].map((n) => forward.stateAfter(s, n)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const gradient = backward && initialStateGradient ? backward.stateAfter(s, 0) : null;
  return { initial, final, next, gradient, stateful, carry: () => k.copy(initial, next) };
}

/** Tensors by name; several are numbered. */
const numbered = (name: string, tensors: readonly Tensor[]) =>
  Object.fromEntries(tensors.map((t, n) => [tensors.length > 1 ? `${name}${n}` : name, t]));

/** Whether all entries are 0. If they are not, the first one usually says so, and sooner than a kernel. */
const isZero = (k: Kernels, x: Tensor) => x.data[x.offset] === 0 && k.sumOfSquares(x) === 0;

/** @returns T */
function requireSequence(name: string, steps: number | null): number {
  if (steps !== null) return steps;
  throw new RangeError(`${name} reads a sequence: give the layer below it returnSequences: true`);
}
