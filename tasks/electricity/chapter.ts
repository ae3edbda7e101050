/**
 * The chapter's two programs: an LSTM of 10 units reads 20 readings and predicts a later one. The stateless
 * one starts every window from state 0; in the stateful one, row b of a batch starts from the last state of
 * row b of the previous batch.
 *
 * The data is built exactly as in the chapter's code, X[i] = data[i .. i + 19] and Y[i] = data[i + 21], which
 * has two consequences. The reading right after a window is data[i + 20], so the label is the one after it:
 * two steps (half an hour) ahead, not one. And the loop ends before the last 21 rows, whose inputs and labels
 * stay zero.
 */
import * as nn from '../../models/index.js';
import type { TaskSettings } from '../common/checkpoints.js';
import { trainEpochs, type Trained } from '../common/training.js';
import { countedOf } from './counted.js';

export const CHAPTER = { cell: 'lstm', batch: 96, epochs: 5 } as const;
export const UNITS = 10;
/** Readings per window. */
export const STEPS = 20;
/** Distance of the label from the first reading of its window: two steps after the last reading. */
export const LABEL = STEPS + 1;
/** Distance of the label from the last reading of its window. */
export const AHEAD = LABEL - STEPS + 1;

/** Rows `from` to `to` (exclusive) of the chapter's X and Y. Labels that do not count have weight 0. */
export function chapterRows(
  values: Float64Array,
  from: number,
  to: number,
  counted: Uint8Array,
): nn.Examples {
  const written = values.length - LABEL;
  return {
    count: to - from,
    unroll: { weights: counted.includes(0) },
    write({ input, labels, weights, batch }, row, index) {
      const i = from + index;
      // Time-major: step t of example `row` is at t·B + row.
      for (let t = 0; t < STEPS; t++) input.data[t * batch + row] = i < written ? values[i + t]! : 0;
      labels!.data[row] = i < written ? values[i + LABEL]! : 0;
      if (weights) weights.data[row] = i < written ? counted[i + LABEL]! : 1;
    },
  };
}

/** Training and test data of one of the two programs. */
export interface ChapterData {
  readonly stateful: boolean;
  readonly training: nn.Examples;
  readonly test: nn.Examples;
  /** Rows of `test` that the chapter's loop leaves zero. */
  readonly zeroRows: number;
}

/**
 * All rows for the stateless program; only whole batches for the stateful one, as Keras requires. (Here a
 * smaller last batch would work too.)
 * @param values scaled readings
 * @param filled 1 for readings that were missing, which do not count as labels
 * @param split the first row of the test part
 * @throws InputError when a part has fewer rows than one batch
 */
export function chapterData(
  values: Float64Array,
  filled: Uint8Array,
  split: number,
  batch: number,
  stateful: boolean,
): ChapterData {
  const cut = (count: number) => (stateful ? Math.floor(count / batch) * batch : count);
  const [trained, tested] = [cut(split), cut(values.length - split)];
  if (trained < 1 || tested < 1) {
    throw new nn.InputError(
      `--batch ${batch} is more than the ${Math.min(split, values.length - split)} rows of a part: give a smaller one`,
    );
  }
  const counted = countedOf(filled, AHEAD);
  return {
    stateful,
    training: chapterRows(values, 0, trained, counted),
    test: chapterRows(values, split, split + tested, counted),
    zeroRows: Math.max(0, split + tested - (values.length - LABEL)),
  };
}

/** Trains one of the two and tests it after each epoch, as the chapter does. */
export async function trainChapter(
  kernels: nn.Kernels,
  { cell, batch, seed }: TaskSettings,
  epochs: number,
  { stateful, training, test }: ChapterData,
): Promise<Trained> {
  const model = nn.createModel({
    kernels,
    input: nn.features(1),
    layers: [nn.recurrent(nn.cells[cell], { units: UNITS, stateful }), nn.dense(1)],
    seed,
  });
  return trainEpochs(nn.createTrainer(model, nn.adam()), {
    training,
    validation: test,
    epochs,
    batch,
    unroll: { steps: STEPS, loss: 'meanSquaredError' },
    shuffle: null,
    unit: 'windows',
    accuracy: null,
  });
}
