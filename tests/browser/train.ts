/** The training whose bits are compared between Node and browsers: a character model like that of Alice, 20 batches. */
import * as nn from '../../models/index.js';
import { sha256 } from '../../models/weights/sha256.js';

export interface Trained {
  readonly kernels: string;
  readonly threads: number;
  /** Of the checkpoint: weights and the optimizer's memory. */
  readonly digest: string;
}

const [BATCH, STEPS, CHARACTERS] = [128, 10, 60];

export const trainOnThreads = async (threads: number) => train(await nn.createKernels({ threads }));

/** Trains, and closes the kernels. */
export async function train(kernels: nn.Kernels): Promise<Trained> {
  const layers = [nn.recurrent(nn.rnn, { units: 128 }), nn.dense(CHARACTERS)];
  const model = nn.createModel({ kernels, input: nn.oneHot(CHARACTERS), layers, seed: 0 });
  const trainer = nn.createTrainer(model, nn.rmsprop({ rate: 1e-3 }));
  const graph = nn.unroll(model, { batch: BATCH, steps: STEPS, loss: 'softmaxCrossEntropy' });
  const random = nn.createRandom(1);
  const draw = (numbers: { length: number; [n: number]: number }) => {
    for (let n = 0; n < numbers.length; n++) numbers[n] = Math.floor(CHARACTERS * random.uniform());
  };
  for (let batch = 0; batch < 20; batch++) {
    draw(graph.input.data);
    draw(graph.labels.data);
    trainer.step(graph);
  }
  const file = await nn.encodeCheckpoint(trainer, {});
  await nn.decodeCheckpoint(file, 'the checkpoint');
  await kernels.close();
  return { kernels: kernels.name, threads: kernels.threads, digest: sha256(file) };
}
