/**
 * A recurrent layer: a cell unrolled over time. Here, and nowhere else, time runs forward and back.
 *
 * Its first node is for all steps at once: x U + b on the way forward, and on the way back dU, dW, db and dx, each
 * one matrix product over the rows of every step. Then comes a node for each step.
 */
import { rows, type Indices, type Tensor } from '../engine/index.js';
import { realSteps } from './mask.js';
import type { Cell } from '../cells/index.js';
import type { CarriedState, GraphNode, Layer, Unrolled, Unrolling } from './layer.js';
import { project } from './project.js';
import { backwardBuffers, forwardBuffers, named } from './timeMajor.js';

export interface RecurrentOptions {
  /** H, the width of the state. */
  units: number;
  /** Output the state after every step, not only after the last. Default false. */
  returnSequences?: boolean;
}

/** A layer of `units` cells. */
export function recurrent(cell: Cell, { units, returnSequences = false }: RecurrentOptions): Layer {
  return {
    kind: cell.name,
    outputWidth: () => units,
    parameters: (D) => cell.parameters(D, units),
    unroll: (context) => unrollCell(cell, units, { returnSequences, timeBackward: false }, context),
  };
}

/** Which way time runs, and what comes out. A layer that reads backward has its outputs in the order of its inputs. */
export interface Direction {
  readonly returnSequences: boolean;
  readonly timeBackward: boolean;
}

/** Unrolls H cells over the steps of the input. */
export function unrollCell(cell: Cell, H: number, direction: Direction, context: Unrolling): Unrolled {
  const { k, name, parameters: p, gradients: dp, input, batch: B, training, advance } = context;
  const { returnSequences, timeBackward } = direction;
  if (!Number.isInteger(H) || H < 1) throw new RangeError(`${name}: units must be 1 or more, not ${H}`);
  if (input.steps === null) {
    throw new RangeError(`${name} reads a sequence: give the layer below it returnSequences: true`);
  }
  const { steps: T, mask } = input;
  const extent = { B, T, H, backward: timeBackward };
  const { all, between, steps, slots } = forwardBuffers(k, cell, extent);
  const d = training ? backwardBuffers(k, cell, extent) : null;
  const dOutput = training ? k.zeros((returnSequences ? T : 1) * B, H) : null;
  const inOrder = timeBackward ? [...steps.keys()].reverse() : [...steps.keys()];
  const [first, last] = [inOrder[0]!, inOrder.at(-1)!];

  // The steps from `begin` to `end`, `end` not included, have a real row somewhere; beyond them all is padding.
  let [begin, end] = [0, T];
  /** Of a tensor of T·B rows, those of these steps. */
  function real<N extends Tensor | Indices>(t: N): N {
    return end - begin === T ? t : (rows(t as Tensor, begin * B, end * B) as N);
  }

  const side = project(context, all.a, d && d.all.da, real);
  const inputNode: GraphNode = {
    name,
    time: null,
    reads: { x: input.value },
    writes: { a: all.a },
    saved: {},
    parameters: [`${name}.U`, `${name}.b`],
    // Looked at rather than declared: a state may be set or carried at any time, and every batch has its own padding.
    prepare() {
      if (mask) [begin, end] = realSteps(mask, B);
      const fromZero = k.sumOfSquares(steps[first]!.prev.h!) === 0;
      const start = timeBackward ? end - 1 : begin;
      for (let t = 0; t < T; t++) {
        steps[t]!.fromZero = fromZero && t === start;
        if (d) d.steps[t]!.dPrevWanted = t !== start || context.initialStateGradient;
      }
      return (begin * (T + 1) + end) * 2 + Number(fromZero);
    },
    forward: side.forward,
    backward: side.backward,
    accumulate() {
      cell.accumulate(k, dp, between(begin * B, end * B), d!.between(begin * B, end * B));
      side.accumulate();
    },
  };

  const recurrentParameters = Object.keys(p).filter((letter) => letter !== 'U' && letter !== 'b');
  const zero = training && mask ? k.zeros(B, H) : null;
  const carriedBack = training && mask ? named(cell.states, () => k.zeros(B, H)) : null;

  function stepNode(t: number): GraphNode {
    const step = steps[t]!;
    const stepMask = mask && rows(mask, t * B, (t + 1) * B);
    const fromLoss: Tensor | null =
      dOutput && (returnSequences ? rows(dOutput, t * B, (t + 1) * B) : t === last ? dOutput : null);

    /** Whether the step is padding in every row: then its state is the one before it. */
    const isPadding = () => t < begin || t >= end;

    function forward(): void {
      if (isPadding()) {
        for (const s of cell.states) k.copy(step.state[s]!, step.prev[s]!);
        return;
      }
      cell.forward(k, p, step);
      // A padded row carries its state on unchanged.
      if (stepMask) for (const s of cell.states) k.copyMasked(step.state[s]!, step.prev[s]!, stepMask);
    }

    function backward(): void {
      const gradients = d!.steps[t]!;
      const { dState, dPrev } = gradients;
      // Nothing arrives from beyond the window.
      if (t === last) for (const s of cell.states) k.fill(dState[s]!, 0);
      // BPTT, B2: the gradient of the state at t is what t+1 sent back, already here, plus what the loss sends.
      if (fromLoss) k.add(dState.h!, fromLoss);

      if (isPadding()) {
        k.fill(gradients.da, 0);
        for (const s of cell.states) k.copy(dPrev[s]!, dState[s]!);
        return;
      }
      if (!stepMask) return cell.backward(k, p, step, gradients);
      // A padded row hands its gradient on to t-1 unchanged, and the cell sees none of it.
      for (const s of cell.states) {
        k.copy(carriedBack![s]!, dState[s]!);
        k.copyMasked(dState[s]!, zero!, stepMask);
      }
      cell.backward(k, p, step, gradients);
      for (const s of cell.states) k.copyMasked(dPrev[s]!, carriedBack![s]!, stepMask);
    }

    return {
      name: `${name}@${t}`,
      time: t,
      reads: { a: step.a, ...Object.fromEntries(cell.states.map((s) => [`${s}Prev`, step.prev[s]!])) },
      writes: { ...step.state },
      saved: { gates: step.a, ...step.saved },
      parameters: recurrentParameters.map((letter) => `${name}.${letter}`),
      forward,
      backward,
    };
  }

  function carriedState(s: string): CarriedState {
    // The slot of the state after n steps.
    const slot = (tensor: Tensor, n: number) => {
      const place = timeBackward ? T - n : n;
      return rows(tensor, place * B, (place + 1) * B);
    };
    const [initial, final, next] = [slot(slots[s]!, 0), slot(slots[s]!, T), slot(slots[s]!, advance)];
    const gradient = d && context.initialStateGradient ? slot(d.slots[s]!, 0) : null;
    return { initial, final, gradient, carry: () => k.copy(initial, next) };
  }

  return {
    nodes: [...side.shared, inputNode, ...inOrder.map(stepNode)],
    output: {
      value: returnSequences ? all.state.h! : steps[last]!.state.h!,
      gradient: dOutput,
      steps: returnSequences ? T : null,
      mask: returnSequences ? mask : null,
      lookup: null,
      repeated: false,
    },
    states: Object.fromEntries(cell.states.map((s) => [s, carriedState(s)])),
  };
}
