/** The training step of the Alice task: 10 one-hot characters, a tanh-RNN, the next character. */
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import {
  createModel,
  createRandom,
  createTrainer,
  dense,
  oneHot,
  recurrent,
  rmsprop,
  rnn,
  unroll,
  type Kernels,
} from '../../models/index.js';
import { copyWeights } from '../../tests/parity/copyWeights.js';
import type { Contest } from '../contest.js';
import type { KernelSet } from '../kernelSets.js';
import type { Backend } from '../tfjs.js';
import { requireEqualSteps, type StepCompetitor } from './step.js';

const [BATCH, STEPS, VOCABULARY, UNITS] = [128, 10, 42, 128];

/** Character numbers, time-major, and the character after each window. */
const random = createRandom(1);
const characters = Int32Array.from({ length: STEPS * BATCH }, () => random.integer(VOCABULARY));
const next = Int32Array.from({ length: BATCH }, () => random.integer(VOCABULARY));

/** @throws Error unless all competitors compute the same losses */
export async function aliceContest(
  sets: readonly KernelSet[],
  backends: readonly Backend[],
): Promise<Contest> {
  const competitors = sets.map(ours);
  for (const backend of backends) competitors.push(await theirs(backend, sets[0]!.kernels));
  const note = await requireEqualSteps(competitors);
  return {
    title: `Alice, one training step: ${BATCH} x ${STEPS}, one-hot ${VOCABULARY}, tanh-RNN ${UNITS}, RMSprop`,
    note,
    competitors,
  };
}

function ours({ id, name, kernels }: KernelSet): StepCompetitor {
  const model = aliceModel(kernels);
  const graph = unroll(model, { batch: BATCH, steps: STEPS, loss: 'softmaxCrossEntropy' });
  graph.input.data.set(characters);
  graph.labels!.data.set(next);
  const trainer = createTrainer(model, rmsprop());
  return { id, name, run: () => trainer.step(graph) };
}

/** As users of tfjs write it; the one-hot rows are ready before the clock starts. */
async function theirs({ id, name, use }: Backend, from: Kernels): Promise<StepCompetitor> {
  await use();
  const model = sequential({
    layers: [
      layers.simpleRNN({
        units: UNITS,
        inputShape: [STEPS, VOCABULARY],
        recurrentInitializer: 'zeros', // its orthogonal one needs more than the parts of tfjs that are installed
      }),
      layers.dense({ units: VOCABULARY, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: tf.train.rmsprop(1e-3, 0.9, 0, 1e-7), loss: 'categoricalCrossentropy' });
  copyWeights(aliceModel(from), model.layers);

  const x = tf.tensor3d(oneHotRows(batchMajor(characters)), [BATCH, STEPS, VOCABULARY]);
  const y = tf.tensor2d(oneHotRows(next), [BATCH, VOCABULARY]);
  return {
    id,
    name,
    prepare: use,
    asynchronous: true,
    run: () => model.trainOnBatch(x, y) as Promise<number>,
  };
}

function aliceModel(kernels: Kernels) {
  return createModel({
    kernels,
    input: oneHot(VOCABULARY),
    layers: [recurrent(rnn, { units: UNITS }), dense(VOCABULARY)],
    seed: 1,
  });
}

/** A row of `VOCABULARY` numbers for each character, 1 in its column. */
function oneHotRows(ids: Int32Array): Float32Array {
  const rows = new Float32Array(ids.length * VOCABULARY);
  ids.forEach((id, row) => (rows[row * VOCABULARY + id] = 1));
  return rows;
}

/** From our order, t·B + b, to that of tfjs, b·T + t. */
function batchMajor(timeMajor: Int32Array): Int32Array {
  return timeMajor.map((_, n) => timeMajor[(n % STEPS) * BATCH + Math.floor(n / STEPS)]!);
}
