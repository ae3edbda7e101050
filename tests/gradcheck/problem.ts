/**
 * A cell in a configuration, to be differentiated in two ways: the loss as a plain function of all its
 * tensors, for finite differences, and the hand-written backward pass, run as in a training loop.
 */
import {
  createModel,
  createRandom,
  dense,
  features,
  normal,
  oneHot,
  referenceKernels,
  unroll,
  type Cell,
  type Graph,
  type Model,
  type Tensor,
} from '../../models/index.js';
import type { Configuration } from './configuration.js';
import { createSequence, type Sequence } from './sequence.js';
import { createStarts, type Start } from './starts.js';

/** A tensor, and the gradient that `differentiate` computes for it. */
export interface Checked {
  /** `layer 2`, `layer 1 forward`; '' in a single layer. The dense layer counts as part of the uppermost. */
  readonly part: string;
  /** `W`, `X`, `h0` ... */
  readonly letter: string;
  readonly value: Tensor;
  readonly gradient: Tensor;
}

export interface Problem {
  readonly tensors: readonly Checked[];
  /** The sum of the windows' losses, each window from its fixed state. */
  readonly loss: () => number;
  /** One backward pass for each window; the graph itself carries the states from window to window. */
  readonly differentiate: () => void;
}

export function createProblem(cell: Cell, configuration: Configuration): Problem {
  const { B, T } = configuration.size;
  const { count, advance, from } = configuration.windows;
  const random = createRandom(1, configuration.name);
  const model = createCheckedModel(cell, configuration);
  // Biases too: a bias of 0 hides faults. The deviation keeps the gates of wide cells from saturating.
  normal(1 / Math.sqrt(configuration.size.H))(model.parameters.values, random);

  const sequence = createSequence(configuration, (count - 1) * advance + T, random);
  const starts = createStarts(model, configuration, sequence, random);
  const graph = unroll(model, {
    batch: B,
    steps: T,
    loss: configuration.loss,
    inputGradient: !configuration.oneHot,
    initialStateGradient: true,
    mask: configuration.real !== null,
    weights: configuration.weights,
    advance,
  });

  function startFrom(w: number): void {
    for (const { layer, state, value } of starts[w]!)
      graph.states[layer]![state]!.initial.data.set(value.data);
  }

  // The same units are dropped in every pass.
  const noise = model.dropoutRandom.state();
  function forward(): number {
    model.dropoutRandom.restore(noise);
    return graph.forward();
  }

  function loss(): number {
    let sum = 0;
    for (let w = from; w < count; w++) {
      startFrom(w);
      sequence.write(graph, w * advance);
      sum += forward();
    }
    return sum;
  }

  function differentiate(): void {
    model.parameters.gradients.data.fill(0);
    sequence.dX?.data.fill(0);
    startFrom(0);
    for (let w = 0; w < count; w++) {
      sequence.write(graph, w * advance);
      forward();
      if (w >= from) {
        graph.backward();
        sequence.accumulateInputGradient(graph, w * advance);
        for (const { layer, state, gradient } of starts[w]!) {
          gradient.data.set(graph.states[layer]![state]!.gradient!.data);
        }
      }
      graph.carryStates();
    }
  }

  return { tensors: checkedTensors(graph, sequence, starts.slice(from).flat()), loss, differentiate };
}

/** Parameters, input and initial states, in this order. */
function checkedTensors({ model, states }: Graph, { x, dX }: Sequence, starts: readonly Start[]): Checked[] {
  const names = [...new Set(Object.keys(states).map((name) => name.split('.')[0]!))];
  const partOf = (path: readonly string[]) => {
    const [layer, direction = ''] = path as [string, string?];
    const number = names.includes(layer) ? names.indexOf(layer) + 1 : names.length;
    return [names.length > 1 ? `layer ${number}` : '', direction].filter(Boolean).join(' ');
  };
  const tensors: Checked[] = model.parameters.list.map(({ name, value, gradient }) => {
    const path = name.split('.');
    const letter = path.pop()!;
    return { part: partOf(path), letter, value, gradient };
  });
  if (dX) tensors.push({ part: partOf([names[0]!]), letter: 'X', value: x as Tensor, gradient: dX });
  for (const { layer, state, value, gradient } of starts) {
    tensors.push({ part: partOf(layer.split('.')), letter: `${state}0`, value, gradient });
  }
  return tensors;
}

function createCheckedModel(cell: Cell, { size, network, oneHot: symbols, columns }: Configuration): Model {
  return createModel({
    kernels: referenceKernels(Float64Array),
    input: symbols ? oneHot(size.D, columns) : features(size.D),
    layers: [...network(cell, size), dense(size.N)],
  });
}
