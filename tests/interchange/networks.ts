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
import type { FileFormat } from '../../models/interchange/index.js';

export const kernels: Kernels = referenceKernels(Float32Array);
export const [T, B, D, H, V] = [4, 2, 3, 2, 5];

export const all = { units: H, returnSequences: true };
const arrangements: Readonly<Record<string, (cell: Cell) => Layer[]>> = {
  single: (cell) => [recurrent(cell, all)],
  stacked: (cell) => [
    recurrent(cell, { units: 4, returnSequences: true, dropout: 0.25 }),
    recurrent(cell, { units: H }),
  ],
  bidirectional: (cell) => [bidirectional(cell, { ...all, stateful: true })],
};
export const words: [InputSpec, Layer[]] = [oneHot(V), [embedding(D, { maskZero: true })]];
const inputs: Readonly<Record<string, [InputSpec, Layer[]]>> = {
  features: [features(D), []],
  'an embedding': words,
};

export const of = (input: InputSpec, layers: Layer[], more: Layer[] = []) =>
  createModel({ kernels, input, layers: [...layers, ...more], seed: 1 });

export type Named = [name: string, make: () => Model];

/** These cells in every arrangement. */
const ofCells = (had: readonly CellName[]): Named[] =>
  had.flatMap((cell) =>
    Object.entries(arrangements).flatMap(([how, layers]) =>
      Object.entries(inputs).map(([what, [input, first]]): Named => [
        `${cell}, ${how}, of ${what}`,
        () => of(input, [...first, ...layers(cells[cell]), dense(2)]),
      ]),
    ),
  );

/** The other layers. */
const others: Named[] = [
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

/** A format in which models go out. */
export interface Format {
  /** What it is when it comes back. */
  readonly read: FileFormat;
  readonly cells: readonly CellName[];
  readonly models: readonly Named[];
}

export const format = (
  read: FileFormat,
  had: readonly CellName[],
  more: readonly Named[] = [],
  without: readonly string[] = [],
): Format => ({
  ...{ read, cells: had },
  models: [...ofCells(had), ...others.filter(([name]) => !without.includes(name)), ...more],
});

const ALL = ['rnn', 'lstm', 'lstmPeephole', 'lstmCoupled', 'gru', 'gruResetAfter'] as const;

/** What each format has; kerasNetworks.ts has the others. */
export const formats: Readonly<Record<'pytorch' | 'onnx', Format>> = {
  pytorch: format('safetensors', ['rnn', 'lstm', 'lstmCoupled', 'gruResetAfter']),
  onnx: format('onnx', ALL, [
    ...(['sum', 'ave', 'mul'] as const).map((mergeMode): Named => [
      `the merge mode ${mergeMode}`,
      () =>
        of(features(D), [
          bidirectional(lstm, { ...all, mergeMode }),
          bidirectional(cells.gru, { units: H, mergeMode }),
        ]),
    ]),
    ...(['rnn', 'lstm'] as const).map((cell): Named => [
      `${cell} with states that go on`,
      () =>
        of(features(D), [
          recurrent(cells[cell], { ...all, stateful: true }),
          residual(bidirectional(cells[cell], { units: 1, returnSequences: true, stateful: true })),
        ]),
    ]),
    [
      'backwards',
      () =>
        of(...words, [
          residual(recurrent(lstm, { units: D, returnSequences: true, goBackwards: true })),
          dense(3, { activation: 'tanh' }),
          dense(1, { activation: 'sigmoid' }),
        ]),
    ],
    [
      'backwards to the first step',
      () => of(...words, [recurrent(cells.gru, { units: H, goBackwards: true })]),
    ],
    [
      'padding up to the last state',
      () => of(...words, [recurrent(lstm, all), bidirectional(lstm, { units: H })]),
    ],
    [
      'padding in two sequences',
      () => of(...words, [encoderDecoder(cells.gru, { units: H, sourceSteps: 2 })]),
    ],
    [
      'symbols without an embedding',
      () => of(oneHot(V), [recurrent(lstm, all), dense(2, { activation: 'softmax' })]),
    ],
    ['a table', () => of(oneHot(V), [dense(3), residual(dropout(0.5))])],
    [
      'padding of several symbols',
      () => of(oneHot(V, 2), [embedding(D, { maskZero: true }), recurrent(lstm, all)]),
    ],
    [
      'a vector again',
      () => of(features(D), [recurrent(lstm, { units: H }), repeatVector(3), residual(recurrent(lstm, all))]),
    ],
  ]),
};

/** Models whose files PyTorch has read: outputs.json has what it computed from them. */
export const forPyTorch: Readonly<Record<string, () => Model>> = {
  ...Object.fromEntries(
    formats.pytorch.cells.map((cell) => [
      `ours-${cell}`,
      () => of(features(D), [recurrent(cells[cell], all), dense(2)]),
    ]),
  ),
  'ours-both': () =>
    of(oneHot(V), [embedding(D), bidirectional(lstm, all), recurrent(cells.gruResetAfter, all)]),
};

/** Models whose files ONNX Runtime has run, and for how many steps. */
export const forOnnx: readonly (readonly [...Named, steps: number])[] = [
  ...formats.onnx.models.map(([name, make]) => [name, make, T] as const),
  ...ALL.map((cell) => {
    const layers = () => [bidirectional(cells[cell], { units: 16, returnSequences: true }), dense(2)];
    return [`${cell}, 20 steps`, () => of(features(D), layers()), 20] as const;
  }),
];

/** An input for a model, step by step; symbols have their padding at the end. */
export function inputFor({ input }: Model, steps: number): number[] {
  const random = createRandom(5);
  const { kind, width, columns } = input;
  if (kind === 'features')
    return Array.from({ length: steps * B * width }, () => Math.fround(random.normal()));
  return Array.from({ length: steps * B }, (_, n) => {
    const [t, b] = [Math.floor(n / B), n % B];
    return Array.from({ length: columns }, () => (t < steps - b ? 1 + random.integer(width - 1) : 0));
  }).flat();
}

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

/** The outputs at all steps, step by step; with `again` those of the same input after it, the states carried on. */
export function outputOf(model: Model, input: readonly number[], steps = T, again = false): number[] {
  const graph = unroll(model, { batch: B, steps, training: false });
  graph.input.data.set(input);
  graph.forward();
  if (again) {
    graph.carryStates();
    graph.forward();
  }
  return entries(graph.output);
}
