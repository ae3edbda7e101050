/**
 * Unrolls a cell over time: allocates its buffers and creates its nodes.
 *
 * The first node handles all steps at once: x U + b forward, and dU, dW, db and dx backward, one matrix
 * product each over the rows of all steps. It is followed by one node per step, whose passes are in bptt.ts.
 */
import { declaredPasses, kernelsOnly, rows, type Kernels, type Tensor } from '../../engine/index.js';
import type { Cell } from '../../cells/index.js';
import { drawMask, unrollDropout } from '../layers/dropout.js';
import type { CarriedState, UnrollResult } from '../layers/layer.js';
import { node, type GraphNode } from '../layers/node.js';
import { createUnrolledCell, type UnrolledCell } from '../layers/unrolledCell.js';
import { createBptt, type Bptt } from './bptt.js';
import type { Boundary, CellContext, CellOptions } from './cellContext.js';
import { projectInput, type Projection } from './inputProjection.js';
import { createRealSteps, type RealSteps } from './realSteps.js';

/** Shared by the nodes of one cell. */
interface Parts {
  readonly context: CellContext;
  readonly unrolled: UnrolledCell;
  readonly real: RealSteps;
  readonly bptt: Bptt;
  readonly projection: Projection;
}

/** @param reverse read from the last step to the first; the outputs stay in the order of the inputs */
export function unrollCell(
  cell: Cell,
  options: CellOptions,
  reverse: boolean,
  given: CellContext,
  boundary: Boundary = {},
): UnrollResult {
  const { units: H, returnSequences = false, stateful = false, dropout = 0, recurrentDropout = 0 } = options;
  const inputDropout = unrollDropout({ ...given, name: `${given.name}.dropout` }, dropout, true);
  const dropped = inputDropout.output !== given.input;
  const context = dropped ? { ...given, input: inputDropout.output, accumulateInputGradient: false } : given;
  const { k, name, input, batch: B, training, parameters } = context;
  const T = requireSequence(name, input.steps);

  const dropMask = training && recurrentDropout > 0 ? k.zeros(B, H) : null;
  const shape = { B, T, H, reverse };
  const unrolled = createUnrolledCell(k, training, {
    ...shape,
    cell,
    parameters,
    mask: input.mask,
    dropMask,
  });
  const { forward, backward, order } = unrolled;
  const real = createRealSteps(input.mask, B, T);
  const bptt = createBptt(k, unrolled, real, boundary.dFinalState ?? null);
  const projection = projectInput(context, forward.all.a, backward && backward.all.da, (t) => real.of(t));
  const parts = { context, unrolled, real, bptt, projection };

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
      createInputNode(parts, recurrentDropout, boundary.initialStateComputed ?? false),
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

/** The node for all steps: x U + b, and the gradients that are sums over all steps. */
function createInputNode(
  { context, unrolled, real, bptt, projection }: Parts,
  recurrentDropout: number,
  initialStateComputed: boolean,
): GraphNode {
  const { k, name, gradients: dp, dropoutRandom, initialStateGradient } = context;
  const { cell, B, T, reverse, dropMask, forward, backward, order } = unrolled;
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
      dropMask,
      ...bptt.scratch,
    },
    parameters: [`${name}.U`, `${name}.b`],
    // Checked at run time: states may be set or carried between passes, and padding differs per batch.
    prepare() {
      if (dropMask) drawMask(dropMask, recurrentDropout, dropoutRandom);
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
function createStepNode({ context, unrolled, bptt }: Parts, t: number, fromLoss: Tensor | null): GraphNode {
  const { cell, parameters, forward, backward, dropMask } = unrolled;
  const step = forward.steps[t]!;
  const d = backward && backward.steps[t]!;
  const letters = Object.keys(parameters).filter((letter) => letter !== 'U' && letter !== 'b');
  const stepNode = node({
    name: `${context.name}@${t}`,
    time: t,
    reads: { a: step.a, ...Object.fromEntries(cell.states.map((s) => [`${s}Prev`, step.prev[s]!])) },
    writes: { ...step.state },
    saved: { gates: step.a, ...step.saved },
    gradients: { ...(d && d.dState) },
    scratch: {
      hIn: dropMask && step.hIn,
      fromLoss,
      ...(d && { da: d.da, dhIn: dropMask && d.dhIn, ...d.scratch }),
    },
    parameters: letters.map((letter) => `${context.name}.${letter}`),
    ...bptt.createStep(t, fromLoss),
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

/** Whether all entries are 0. If they are not, the first one usually says so, and sooner than a kernel. */
const isZero = (k: Kernels, x: Tensor) => x.data[x.offset] === 0 && k.sumOfSquares(x) === 0;

/** @returns T */
function requireSequence(name: string, steps: number | null): number {
  if (steps !== null) return steps;
  throw new RangeError(`${name} reads a sequence: give the layer below it returnSequences: true`);
}
