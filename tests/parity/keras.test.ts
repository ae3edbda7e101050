/**
 * Padding as in Keras: before a sequence, after it, within it, and only padding. The results of Keras are in
 * keras/masked.json, written by keras/masked.py.
 */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dense as entries } from '../../engine/shapes.js';
import {
  bidirectional,
  cells,
  createModel,
  features,
  recurrent,
  unroll,
  type CellName,
  type Graph,
  type Kernels,
  type Layer,
  type MergeMode,
  type UnrollOptions,
} from '../../models/index.js';
import { allKernels } from '../kernels.js';
import { expectEqualResults, type Results } from './difference.js';

/** A layer of the grid, and its results. */
interface Made {
  readonly cell: CellName;
  readonly returnSequences: boolean;
  /** For a layer that reads one way. */
  readonly goBackwards?: boolean;
  /** For a layer that reads both ways. */
  readonly mergeMode?: MergeMode;
  readonly output: number[];
  /** The loss without the padding, according to the mask. */
  readonly maskedLoss: number;
  /**
   * The loss with a weight for each row, even padding, and its gradients for the input and each parameter.
   */
  readonly loss: number;
  readonly dx: number[];
  readonly gradients: number[][];
}

interface Masked {
  /** Per example, 1 for each real step. */
  readonly real: string[];
  readonly units: number;
  readonly x: number[];
  readonly weights: number[];
  readonly targets: number[];
  /** Per direction. */
  readonly parameters: Record<CellName, [number[][], number[][]]>;
  readonly layers: Made[];
  /** A layer above one that reads backwards. */
  readonly above: { cell: CellName; output: number[] }[];
}

// The JSON file is not compiled, so it is next to the source of this file.
const file = join(process.cwd(), 'tests', 'parity', 'keras', 'masked.json');
const keras = JSON.parse(readFileSync(file, 'utf8')) as Masked;
const { real, units } = keras;
const [B, T] = [real.length, real[0]!.length];
const D = keras.x.length / (B * T);

/** The layers, with all numbers from the file. */
function graphOf(
  kernels: Kernels,
  layers: readonly Layer[],
  parameters: readonly number[][],
  options: Partial<UnrollOptions>,
): Graph {
  const model = createModel({ kernels, input: features(D), layers });
  const { list } = model.parameters;
  expect(list.map(({ value }) => value.size)).toEqual(parameters.map((values) => values.length));
  list.forEach(({ value }, n) => entries(value).set(parameters[n]!));
  const graph = unroll(model, { batch: B, steps: T, mask: true, ...options });
  graph.input.data.set(keras.x);
  graph.mask!.data.forEach((_, m, mask) => (mask[m] = Number(real[m % B]![Math.floor(m / B)])));
  graph.labels?.data.set(keras.targets.slice(0, graph.labels.size));
  graph.weights?.data.set(keras.weights.slice(0, graph.weights.size));
  return graph;
}

const loss = 'meanSquaredError';
const grid = keras.layers.map((made) => {
  const { cell, returnSequences, mergeMode, goBackwards } = made;
  const reads = mergeMode ? `both ways, ${mergeMode}` : goBackwards ? 'backwards' : 'forwards';
  return { made, title: `${cell}, ${reads}, ${returnSequences ? 'all states' : 'the last state'}` };
});

test('the grid has each cell, each direction, and both the last state and all states', () => {
  expect(new Set(grid.map(({ title }) => title)).size).toBe(4 * (2 + 4) * 2);
});

describe.each(allKernels)('on $name kernels', ({ kernels }) => {
  test.each(grid)('$title: output, losses and gradients of padded rows equal those of Keras', ({ made }) => {
    const { cell, returnSequences, goBackwards = false, mergeMode } = made;
    const options = { units, returnSequences };
    const layer = mergeMode
      ? bidirectional(cells[cell], { ...options, mergeMode })
      : recurrent(cells[cell], { ...options, goBackwards });
    const [ahead, back] = keras.parameters[cell];
    const parameters = mergeMode ? [...ahead, ...back] : ahead;
    const maskedGraph = graphOf(kernels, [layer], parameters, { loss });
    const graph = graphOf(kernels, [layer], parameters, { loss, weights: true, inputGradient: true });
    const ours = {
      maskedLoss: [maskedGraph.forward()],
      loss: [graph.forward()],
      output: entries(graph.output),
      ...gradientsIn(graph),
    };
    const gradients = made.gradients.map((values, n) => [`gradient ${n}`, values] as const);
    expectEqualResults(ours, {
      output: made.output,
      maskedLoss: [made.maskedLoss],
      loss: [made.loss],
      dx: made.dx,
      ...Object.fromEntries(gradients),
    });
  });

  // We differ from Keras's default, which passes on the mask in input order, although the outputs are in
  // processing order. The comparison gives Keras the mask in that order.
  test.each(keras.above)(
    '$cell above one that reads backwards gets the mask in the order of its input',
    (made) => {
      const options = { units, returnSequences: true };
      const cell = cells[made.cell];
      const layers = [recurrent(cell, { ...options, goBackwards: true }), recurrent(cell, options)];
      const graph = graphOf(kernels, layers, keras.parameters[made.cell].flat(), {});
      graph.forward();
      expectEqualResults({ output: entries(graph.output) }, { output: made.output });
    },
  );
});

/** The gradients of the graph's loss, after its forward pass. */
function gradientsIn(graph: Graph): Results {
  const { kernels, parameters } = graph.model;
  kernels.fill(parameters.gradients, 0);
  graph.backward();
  const gradients = parameters.list.map(({ gradient }, n) => [`gradient ${n}`, entries(gradient)] as const);
  return { dx: entries(graph.inputGradient!), ...Object.fromEntries(gradients) };
}
