/**
 * The timed training steps: the chapter's four models and two larger LSTMs, specified once for all
 * competitors. Each competitor builds them as its users would.
 */
import type { InputSpec } from '../../models/index.js';
import { features, oneHot } from '../../models/index.js';

export type CellLayer = 'rnn' | 'lstm' | 'gru';

export type LayerSpec =
  | { readonly kind: CellLayer; readonly units: number; readonly returnSequences?: true }
  | { readonly kind: 'embedding'; readonly units: number }
  | { readonly kind: 'dense'; readonly units: number }
  | { readonly kind: 'repeatVector'; readonly steps: number };

/** The losses that all libraries have. */
export type PeerLoss = 'softmaxCrossEntropy' | 'binaryCrossEntropy' | 'meanSquaredError';

/** A network, unrolled. */
export interface NetworkSpec {
  readonly id: string;
  readonly title: string;
  readonly batch: number;
  readonly steps: number;
  readonly input: InputSpec;
  /** Embeddings read symbols, other layers one-hot rows. */
  readonly layers: readonly LayerSpec[];
}

/** A training step of a network whose last layer produces logits. */
export interface StepSpec extends NetworkSpec {
  /** Remarks for interpreting the numbers. */
  readonly notes?: readonly string[];
  readonly loss: PeerLoss;
  readonly optimizer: 'rmsprop' | 'adam';
  /** By id, the competitors that are too slow to be timed by default, and the reason. */
  readonly slow?: Readonly<Record<string, string>>;
}

export const STEPS: readonly StepSpec[] = [
  {
    id: 'alice',
    title: 'Alice: 128 x 10, one-hot 42, tanh-RNN 128, softmax 42, RMSprop',
    batch: 128,
    steps: 10,
    input: oneHot(42),
    layers: [
      { kind: 'rnn', units: 128 },
      { kind: 'dense', units: 42 },
    ],
    loss: 'softmaxCrossEntropy',
    optimizer: 'rmsprop',
  },
  {
    id: 'sentiment',
    title: 'Sentiment: 32 x 40, embedding 2002x128, LSTM 64, sigmoid 1, Adam',
    notes: ["The chapter's dropouts are left out everywhere, because each library draws different ones."],
    batch: 32,
    steps: 40,
    input: oneHot(2002),
    layers: [
      { kind: 'embedding', units: 128 },
      { kind: 'lstm', units: 64 },
      { kind: 'dense', units: 1 },
    ],
    loss: 'binaryCrossEntropy',
    optimizer: 'adam',
  },
  {
    id: 'pos',
    title: 'POS: 32 x 250, embedding 5002x128, GRU 64, repeated 250 times, GRU 64, softmax 46, Adam',
    notes: [
      'Every example has 250 real words, so no padding can be skipped.',
      "PyTorch's GRU resets after the product, the others before: same work, different loss.",
    ],
    batch: 32,
    steps: 250,
    input: oneHot(5002),
    layers: [
      { kind: 'embedding', units: 128 },
      { kind: 'gru', units: 64 },
      { kind: 'repeatVector', steps: 250 },
      { kind: 'gru', units: 64, returnSequences: true },
      { kind: 'dense', units: 46 },
    ],
    loss: 'softmaxCrossEntropy',
    optimizer: 'adam',
    slow: {
      oursReference: 'left out, a step takes seven seconds; --slow times it',
      tfjsCpu: 'left out, a step takes more than ten minutes; --slow times it',
    },
  },
  {
    id: 'electricity',
    title: 'Electricity: 96 x 20, one number, LSTM 10, linear 1, mean squared error, Adam',
    batch: 96,
    steps: 20,
    input: features(1),
    layers: [
      { kind: 'lstm', units: 10 },
      { kind: 'dense', units: 1 },
    ],
    loss: 'meanSquaredError',
    optimizer: 'adam',
  },
  ...[
    { batch: 32, steps: 40, width: 64, units: 128 },
    {
      batch: 64,
      steps: 50,
      width: 512,
      units: 512,
      slow: {
        oursReference: 'left out, a step takes a minute and a half; --slow times it',
        tfjsCpu: 'left out, a step takes two minutes; --slow times it',
      },
    },
  ].map(({ batch, steps, width, units, slow }): StepSpec => ({
    id: `lstm${units}`,
    title: `LSTM: ${batch} x ${steps}, ${width} numbers, LSTM ${units}, softmax 10, RMSprop`,
    batch,
    steps,
    input: features(width),
    layers: [
      { kind: 'lstm', units },
      { kind: 'dense', units: 10 },
    ],
    loss: 'softmaxCrossEntropy',
    optimizer: 'rmsprop',
    ...(slow && { slow }),
  })),
];
