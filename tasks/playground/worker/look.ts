/** One window through the graph, forward and backward, and copies of all its numbers. */
import * as nn from '../../../models/index.js';
import type { Look } from '../protocol.js';

/** The names of a cell's numbers in the order in which they are computed. */
export function namesOf(cell: nn.Cell): Pick<Look, 'forward' | 'backward'> {
  // The tanh-RNN's only gate is its state.
  const gates = cell.gates.filter((gate) => !cell.states.includes(gate));
  const states = [...cell.states].reverse();
  return {
    forward: [...gates, ...states],
    backward: [...cell.states.map((state) => `d${state}`), ...cell.gates.map((gate) => daOf(cell, gate))],
  };
}

/**
 * The gradient of what a gate is computed from: `da_i`, of a_i = x U + b + hPrev W. A cell that normalizes x
 * U first has `dp_i`, of p = x U.
 */
export function daOf(cell: nn.Cell, gate: string): string {
  const letter = 'b' in cell.parameters(1, 1) ? 'da' : 'dp';
  return cell.gates.length > 1 ? `${letter}_${gate}` : letter;
}

/**
 * Unrolls a model for one window at a time.
 * @returns a function that looks at T + 1 characters, of which the last is to be predicted
 */
export function createLook(model: nn.Model, cell: nn.Cell, vocabulary: readonly string[], steps: number) {
  const graph = nn.unroll(model, { batch: 1, steps, loss: 'softmaxCrossEntropy' });
  return (characters: string): Look => {
    fillWindow(graph, characters, vocabulary);
    const loss = graph.forward() / Math.LN2;
    graph.backward();
    const probabilities = Float32Array.from(nn.softmax(graph.output).data);
    const numbers = numbersOf(graph, cell.name, cell);
    const units = numbers.h!.length / steps;
    return {
      ...{ cell: cell.name, characters, steps, units, vocabulary, ...namesOf(cell), numbers, loss },
      ...{ probabilities, isProbability: true, isCheckable: true, isBelowDense: true },
    };
  };
}

/** Writes T characters and the one to be predicted into a graph of one window. */
export function fillWindow(
  { input, labels, steps }: nn.Graph,
  characters: ArrayLike<string>,
  vocabulary: readonly string[],
): void {
  for (let t = 0; t < steps; t++) input.data[t] = vocabulary.indexOf(characters[t]!);
  labels!.data[0] = vocabulary.indexOf(characters[steps]!);
}

/** Every number of a layer of a graph of one window after both passes, [T,H] by name. */
export function numbersOf(graph: nn.Graph, layer: string, cell: nn.Cell): Record<string, Float32Array> {
  const { gates, states, gradients } = nn.trace(graph)[layer]!;
  const numbers: Record<string, Float32Array> = {};
  const keep = (name: string, { data }: nn.Tensor) => (numbers[name] = Float32Array.from(data));
  for (const gate of cell.gates) keep(gate, gates[gate]!);
  for (const state of cell.states) {
    keep(state, states[state]!);
    keep(`d${state}`, gradients![state]!);
  }
  const { T, H, backward } = graph.cells[layer]!;
  const { data, offset } = backward!.all.da;
  const width = cell.gates.length * H;
  cell.gates.forEach((gate, g) => {
    numbers[daOf(cell, gate)] = Float32Array.from(
      { length: T * H },
      (_, n) => data[offset + Math.floor(n / H) * width + g * H + (n % H)]!,
    );
  });
  return numbers;
}
