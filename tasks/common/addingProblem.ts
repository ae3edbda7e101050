/** The adding problem: its examples, its network, its training. */
import * as nn from '../../models/index.js';
import { trainEpochs, type Trained } from './training.js';

const UNITS = 64;

/** A recurrent layer that reads the numbers, and a linear layer on its last state. */
export function addingModel(kernels: nn.Kernels, cell: nn.CellName, seed: number): nn.Model {
  const layers = [nn.recurrent(nn.cells[cell], { units: UNITS }), nn.dense(1)];
  return nn.createModel({ kernels, input: nn.features(2), layers, seed });
}

/** @param steps numbers per sequence */
export async function learnToAdd(
  model: nn.Model,
  { epochs, steps, seed }: { epochs: number; steps: number; seed: number },
): Promise<Trained> {
  const trainer = nn.createTrainer(model, nn.adam({ rate: 2e-3 }), nn.clipByGlobalNorm(1));
  return trainEpochs(trainer, {
    ...{ epochs, batch: 50, unroll: { steps, loss: 'meanSquaredError' }, shuffle: null },
    ...{ unit: 'sequences', accuracy: null },
    training: sums(nn.createRandom(seed, 'training'), 20_000),
    validation: sums(nn.createRandom(seed, 'test'), 2000),
  });
}

/** Sequences and the sums of their two marked numbers, generated on demand. */
export function sums(random: nn.Random, count: number): nn.Examples {
  return {
    count,
    write({ input, labels, batch, steps }, row) {
      const half = Math.floor(steps / 2);
      const marked = [random.integer(half), half + random.integer(steps - half)];
      const numbers = Array.from({ length: steps }, () => random.uniform());
      numbers.forEach((x, t) => input.data.set([x, marked.includes(t) ? 1 : 0], 2 * (t * batch + row)));
      labels!.data[row] = numbers[marked[0]!]! + numbers[marked[1]!]!;
    },
  };
}
