/**
 * A recurrent layer: a cell unrolled over time. Here, and nowhere else, time runs forward and back.
 *
 * Buffers hold all time steps one under the other, so "all steps at once" is the same memory read as one tall step.
 * States have one slot more than there are steps: slot 0 is the state before the first step, and step t reads
 * slot t and writes slot t+1. The gradients of the states lie in the same way: what step t sends back
 * (its dPrev) is, in the same memory, what has arrived at step t-1 (its dState).
 */
import { rows, type Tensor } from '../engine/index.js';
import type { Cell, Named, Step, StepGradients } from '../cells/index.js';
import { affineBackward, affineForward } from './affine.js';
import type { GraphNode, Layer, Unrolled, Unrolling } from './layer.js';

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
    units,
    parameters: (D) => cell.parameters(D, units),
    unroll: (context) => unrollCell(cell, units, returnSequences, context),
  };
}

function unrollCell(cell: Cell, H: number, returnSequences: boolean, context: Unrolling): Unrolled {
  const { k, name, parameters: p, gradients: dp, input, batch: B, training } = context;
  const { steps: T, mask } = input;
  const G = cell.gates.length;

  const eachState = (tensor: (state: string) => Tensor) => named(cell.states, tensor);
  const states = eachState(() => k.zeros((T + 1) * B, H));
  const all: Step = {
    a: k.zeros(T * B, G * H),
    prev: eachState((s) => rows(states[s]!, 0, T * B)),
    state: eachState((s) => rows(states[s]!, B, (T + 1) * B)),
    saved: named(Object.keys(cell.saved), (s) => k.zeros(T * B, cell.saved[s]! * H)),
  };
  const steps = Array.from({ length: T }, (_, t) => stepRows(all, t * B, (t + 1) * B));

  const dStates = training ? eachState(() => k.zeros((T + 1) * B, H)) : null;
  const dAll: StepGradients | null = dStates && {
    da: k.zeros(T * B, G * H),
    dPrev: eachState((s) => rows(dStates[s]!, 0, T * B)),
    dState: eachState((s) => rows(dStates[s]!, B, (T + 1) * B)),
    work: named(Object.keys(cell.work), (s) => k.zeros(T * B, cell.work[s]! * H)),
  };
  const dOutput = training ? k.zeros((returnSequences ? T : 1) * B, H) : null;

  const inputNode: GraphNode = {
    name,
    time: null,
    reads: { x: input.value },
    writes: { a: all.a },
    saved: {},
    parameters: [`${name}.U`, `${name}.b`],
    forward: () => affineForward(k, all.a, input.value, p.U!, p.b!),
    backward() {
      cell.accumulate(k, dp, all, dAll!);
      affineBackward(k, dAll!.da, input.value, p.U!, input.gradient, dp.U!, dp.b!);
    },
  };

  const recurrentParameters = Object.keys(p).filter((letter) => letter !== 'U' && letter !== 'b');
  const carriedBack = training && mask ? eachState(() => k.zeros(B, H)) : null;
  const zero = carriedBack && k.zeros(B, H);

  function stepNode(t: number): GraphNode {
    const step = steps[t]!;
    const stepMask = mask && rows(mask, t * B, (t + 1) * B);
    const d = dAll && stepGradientRows(dAll, t * B, (t + 1) * B);
    const last = t === T - 1;
    const fromLoss = dOutput && (returnSequences ? rows(dOutput, t * B, (t + 1) * B) : last ? dOutput : null);

    function forward(): void {
      cell.forward(k, p, step);
      // A padded row carries its state on unchanged.
      if (stepMask) for (const s of cell.states) k.copyMasked(step.state[s]!, step.prev[s]!, stepMask);
    }

    function backward(): void {
      const { dState, dPrev } = d!;
      // Nothing arrives from beyond the window.
      if (last) for (const s of cell.states) k.fill(dState[s]!, 0);
      // BPTT, B2: the gradient of the state at t is what t+1 sent back, already here, plus what the loss sends.
      if (fromLoss) k.add(dState.h!, fromLoss);

      if (!stepMask) return cell.backward(k, p, step, d!);
      // A padded row hands its gradient on to t-1 unchanged, and the cell sees none of it.
      for (const s of cell.states) {
        k.copy(carriedBack![s]!, dState[s]!);
        k.copyMasked(dState[s]!, zero!, stepMask);
      }
      cell.backward(k, p, step, d!);
      for (const s of cell.states) k.copyMasked(dPrev[s]!, carriedBack![s]!, stepMask);
    }

    return {
      name: `${name}@${t}`,
      time: t,
      reads: { a: step.a, ...prefixed(step.prev, 'Prev') },
      writes: { ...step.state },
      saved: { gates: step.a, ...step.saved },
      parameters: recurrentParameters.map((letter) => `${name}.${letter}`),
      forward,
      backward,
    };
  }

  return {
    nodes: [inputNode, ...steps.map((_, t) => stepNode(t))],
    output: {
      value: returnSequences ? all.state.h! : steps[T - 1]!.state.h!,
      gradient: dOutput,
      steps: returnSequences ? T : 1,
      mask: returnSequences ? mask : null,
    },
    states: Object.fromEntries(
      cell.states.map((s) => {
        const slot = (t: number) => rows(states[s]!, t * B, (t + 1) * B);
        const [initial, final, next] = [slot(0), slot(T), slot(context.advance)];
        const gradient = dStates && rows(dStates[s]!, 0, B);
        return [s, { initial, final, gradient, carry: () => k.copy(initial, next) }];
      }),
    ),
  };
}

function named<T>(names: readonly string[], make: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}

function prefixed(tensors: Named<string>, suffix: string): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name + suffix, t]));
}

function eachRows(tensors: Named<string>, from: number, to: number): Record<string, Tensor> {
  return named(Object.keys(tensors), (name) => rows(tensors[name]!, from, to));
}

function stepRows(all: Step, from: number, to: number): Step {
  return {
    a: rows(all.a, from, to),
    prev: eachRows(all.prev, from, to),
    state: eachRows(all.state, from, to),
    saved: eachRows(all.saved, from, to),
  };
}

function stepGradientRows(all: StepGradients, from: number, to: number): StepGradients {
  return {
    da: rows(all.da, from, to),
    dState: eachRows(all.dState, from, to),
    dPrev: eachRows(all.dPrev, from, to),
    work: eachRows(all.work, from, to),
  };
}
