/** The models that go out and come in, and how they are compared. */
import { referenceKernels, type Kernels } from '../../engine/index.js';
import {
  bidirectional,
  cells,
  createModel,
  createRandom,
  dense,
  dropout,
  embedding,
} from '../../models/index.js';
import { encoderDecoder, features, layer, layerNormalization, lstm, oneHot } from '../../models/index.js';
import {
  recurrent,
  repeatVector,
  residual,
  timeDistributed,
  unroll,
  type Tensor,
} from '../../models/index.js';
import type { Cell, CellName, InputSpec, Layer, Model } from '../../models/index.js';

export const kernels: Kernels = referenceKernels(Float32Array);
export const [T, B, D, H, V] = [4, 2, 3, 2, 5];

/** The cells that PyTorch has. */
export const HAD: readonly CellName[] = ['rnn', 'lstm', 'lstmCoupled', 'gruResetAfter'];
export const NOT_HAD = (Object.keys(cells) as CellName[]).filter((cell) => !HAD.includes(cell));

const all = { units: H, returnSequences: true };
const arrangements: Readonly<Record<string, (cell: Cell) => Layer[]>> = {
  single: (cell) => [recurrent(cell, all)],
  stacked: (cell) => [
    recurrent(cell, { units: 4, returnSequences: true, dropout: 0.25 }),
    recurrent(cell, { units: H }),
  ],
  bidirectional: (cell) => [bidirectional(cell, { ...all, stateful: true })],
};
const inputs: Readonly<Record<string, [InputSpec, Layer[]]>> = {
  features: [features(D), []],
  'an embedding': [oneHot(V), [embedding(D, { maskZero: true })]],
};

const of = (input: InputSpec, layers: Layer[]) => createModel({ kernels, input, layers, seed: 1 });

/** Every cell in every arrangement that PyTorch has. */
export const ofCells: [name: string, () => Model][] = HAD.flatMap((cell) =>
  Object.entries(arrangements).flatMap(([how, layers]) =>
    Object.entries(inputs).map(([what, [input, first]]): [string, () => Model] => [
      `${cell}, ${how}, of ${what}`,
      () => of(input, [...first, ...layers(cells[cell]), dense(2)]),
    ]),
  ),
);

/** The other layers. */
export const others: [name: string, () => Model][] = [
  [
    'names',
    () => of(features(D), [layer('reader', recurrent(lstm, all)), layer('head', timeDistributed(dense(2)))]),
  ],
  ['an encoder and a decoder', () => of(features(D), [encoderDecoder(lstm, { units: H, sourceSteps: 2 })])],
  [
    'layers around layers',
    () => of(features(D), [residual(residual(dense(D, { activation: 'relu' }))), layerNormalization()]),
  ],
  [
    'layers without weights',
    () => of(features(D), [recurrent(lstm, { units: H }), dropout(0.5), repeatVector(3), dense(2)]),
  ],
  ['several symbols per step', () => of(oneHot(V, 2), [embedding(D), recurrent(lstm, { units: H })])],
];

/** Models whose files PyTorch has read: outputs.json has what it computed from them. */
export const forPyTorch: Readonly<Record<string, () => Model>> = {
  ...Object.fromEntries(
    HAD.map((cell) => [`ours-${cell}`, () => of(features(D), [recurrent(cells[cell], all), dense(2)])]),
  ),
  'ours-both': () =>
    of(oneHot(V), [embedding(D), bidirectional(lstm, all), recurrent(cells.gruResetAfter, all)]),
};

/** Sets random numbers, and among them those that are easily lost. */
export function randomizeAll({ parameters }: Model): Model['parameters']['list'] {
  const random = createRandom(7);
  const hard = [-0, 1e-45, -1e-45, 3.4028234663852886e38, 2 ** -126];
  const { data, offset, size } = parameters.values;
  for (let n = 0; n < size; n++)
    data[offset + n] = n % 4 === 3 ? hard[(n >> 2) % hard.length]! : random.normal();
  return parameters.list;
}

// Not from ../tensors.js, which needs Jest: writeOurs.js runs without.
const entries = ({ data, offset, size }: Tensor) => Array.from(data.subarray(offset, offset + size));

/** All parameters by name, as bytes. */
export const bitsOf = ({ parameters }: Model): Record<string, string> =>
  Object.fromEntries(
    parameters.list.map(({ name, value }) => [
      name,
      Buffer.from(Float32Array.from(entries(value)).buffer).toString('hex'),
    ]),
  );

/** What a model says of itself. */
export const saidBy = ({ input, layers }: Model) => ({
  input,
  layers: layers.map(({ name, layer }) => ({ name, config: layer.config })),
});

/** The outputs at all steps, step by step. */
export function outputOf(model: Model, input: readonly number[]): number[] {
  const graph = unroll(model, { batch: B, steps: T, training: false });
  graph.input.data.set(input);
  graph.forward();
  return entries(graph.output);
}
