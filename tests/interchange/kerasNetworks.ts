/** The models that go to Keras and tfjs and come back. */
import {
  cells,
  dense,
  embedding,
  encoderDecoder,
  features,
  layer,
  lstm,
  oneHot,
} from '../../models/index.js';
import {
  bidirectional,
  recurrent,
  residual,
  spatialDropout1D,
  type CellName,
  type Model,
} from '../../models/index.js';
import { all, D, format, H, of, V, words, type Named } from './networks.js';

const merged = (cell: CellName): Named[] =>
  (['sum', 'ave', 'mul'] as const).map((mergeMode) => [
    `the merge mode ${mergeMode} of ${cell}`,
    () =>
      of(features(D), [
        bidirectional(cells[cell], { ...all, mergeMode }),
        bidirectional(cells[cell], { units: H, mergeMode }),
      ]),
  ]);

/** What Keras and tfjs have. */
const inKeras: readonly Named[] = [
  ...merged('gru'),
  [
    'backwards',
    () =>
      of(...words, [
        recurrent(lstm, { units: D, returnSequences: true, goBackwards: true }),
        spatialDropout1D(0.5),
        dense(3, { activation: 'tanh' }),
        dense(1, { activation: 'sigmoid' }),
      ]),
  ],
  [
    'backwards to the first symbol',
    () =>
      of(...words, [
        recurrent(cells.gru, { units: H, goBackwards: true, recurrentDropout: 0.5, dropoutPerGate: true }),
        dense(2),
      ]),
  ],
  [
    'symbols without an embedding',
    () => of(oneHot(V), [recurrent(lstm, all), dense(2, { activation: 'softmax' })]),
  ],
  [
    'twelve of a kind',
    () =>
      of(
        features(D),
        Array.from({ length: 12 }, () => recurrent(lstm, all)),
      ),
  ],
  [
    'a name like that of a part',
    () =>
      of(features(D), [
        layer('input', residual(recurrent(lstm, { ...all, units: D }))),
        layer('input_sum', dense(2)),
      ]),
  ],
];

/** What Keras and tfjs have. */
export const kerasFormats = {
  keras: format(
    'keras',
    ['rnn', 'lstm', 'lstmCoupled', 'gru', 'gruResetAfter'],
    [
      ...inKeras,
      ...(['rnn', 'gruResetAfter'] as const).map((cell): Named => [
        `an encoder and a decoder of ${cell}`,
        () =>
          of(oneHot(V), [embedding(D), encoderDecoder(cells[cell], { units: H, sourceSteps: 2 }), dense(2)]),
      ]),
      [
        'padding through sums',
        () =>
          of(...words, [
            residual(recurrent(lstm, { ...all, units: D })),
            residual(bidirectional(cells.gru, { ...all, units: D, mergeMode: 'sum' })),
            recurrent(lstm, all),
          ]),
      ],
    ],
    ['several symbols per step'],
  ),
  tfjs: format('tfjs', ['rnn', 'lstm', 'lstmCoupled', 'gru'], inKeras, [
    'several symbols per step',
    'an encoder and a decoder',
  ]),
};

/** Sets numbers that any machine makes alike. */
export function withNumbers(model: Model): Model {
  const { data, offset, size } = model.parameters.values;
  for (let n = 0; n < size; n++) data[offset + n] = (((n * 37) % 101) - 50) / 64;
  return model;
}

/** Models whose files Keras has run: outputs.json has what it gives. */
export const forKeras = kerasFormats.keras.models.flatMap(([name, make]) => {
  const numbered = () => withNumbers(make());
  const logits = [name, numbered, 'logits'] as const;
  const isLast = make().layers.at(-1)!.layer.kind === 'dense';
  if (!isLast || !name.includes('of an embedding')) return [logits];
  return [logits, [`${name}, probabilities`, numbered, 'probabilities'] as const];
});
