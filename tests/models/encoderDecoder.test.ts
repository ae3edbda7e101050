/** An encoder that passes its last state to a decoder. Its gradients are checked in tests/gradcheck. */
import { describe, expect, it } from '@jest/globals';
import {
  adam,
  createKernels,
  createModel,
  createRandom,
  createTrainer,
  dense,
  embedding,
  encoderDecoder,
  features,
  gru,
  lstm,
  normal,
  oneHot,
  recurrent,
  referenceKernels,
  rnn,
  unroll,
  type Kernels,
  type Tensor,
} from '../../models/index.js';

const [S, T, B, D, H] = [3, 5, 2, 4, 6];

describe.each([rnn, lstm, gru])('an encoder and a decoder of $name cells', (cell) => {
  it('equal two models, the second of which starts from the last state of the first', () => {
    const kernels = referenceKernels(Float64Array);
    const layers = [encoderDecoder(cell, { units: H, sourceSteps: S })];
    const both = createModel({ kernels, input: features(D), layers });
    normal(0.5)(both.parameters.values, createRandom(1));
    const whole = unroll(both, { batch: B, steps: T });
    normal(1)(whole.input as Tensor, createRandom(2));
    whole.forward();

    const half = (part: string, steps: number, from: number) => {
      const layer = recurrent(cell, { units: H, returnSequences: true });
      const model = createModel({ kernels, input: features(D), layers: [layer] });
      for (const { name, value } of model.parameters.list) {
        const own = `encoderDecoder.${part}.${name.split('.')[1]}`;
        value.data.set(both.parameters.list.find((parameter) => parameter.name === own)!.value.data);
      }
      const graph = unroll(model, { batch: B, steps });
      graph.input.data.set(whole.input.data.slice(from * B * D, (from + steps) * B * D));
      return graph;
    };
    const [encoder, decoder] = [half('encoder', S, 0), half('decoder', T - S, S)];
    encoder.forward();
    for (const [letter, state] of Object.entries(decoder.states[cell.name]!)) {
      state.initial.data.set(encoder.states[cell.name]![letter]!.final.data);
    }
    decoder.forward();

    expect([...whole.output.data]).toEqual([...decoder.output.data]);
  });
});

it('trains to the same bits on one thread and on two', async () => {
  const crews = await Promise.all([1, 2].map((threads) => createKernels({ threads })));
  const [one, two] = crews.map(train);
  await Promise.all(crews.map((kernels) => kernels.close()));

  expect(two).toEqual(one);
});

/** The parameters after three steps, on sequences with padding at both ends. */
function train(kernels: Kernels): number[] {
  const [batch, steps, sourceSteps, symbols] = [16, 9, 5, 20];
  const layers = [
    embedding(32, { maskZero: true }),
    encoderDecoder(lstm, { units: 64, sourceSteps }),
    dense(symbols),
  ];
  const model = createModel({ kernels, input: oneHot(symbols), layers });
  const trainer = createTrainer(model, adam());
  const graph = unroll(model, { batch, steps, loss: 'softmaxCrossEntropy' });
  const random = createRandom(3);
  for (let step = 0; step < 3; step++) {
    graph.input.data.forEach((_, n, x) => {
      const [t, b] = [Math.floor(n / batch), n % batch];
      x[n] = t < b % 4 || t >= steps - (b % 3) ? 0 : 1 + random.integer(symbols - 1);
    });
    graph.labels.data.forEach((_, n, y) => (y[n] = random.integer(symbols)));
    trainer.step(graph);
  }
  return [...model.parameters.values.data];
}

it.each([
  ['nothing for the decoder', { sourceSteps: 4 }, { steps: 4 }, 'needs more steps than the 4 of its source'],
  ['overlapping windows', { sourceSteps: 2 }, { steps: 4, advance: 1 }, 'reads whole sequences'],
])('refuses %s', (_, options, shape, message) => {
  const layers = [encoderDecoder(gru, { units: 2, ...options })];
  const model = createModel({ kernels: referenceKernels(Float64Array), input: features(1), layers });

  expect(() => unroll(model, { batch: 1, ...shape })).toThrow(message);
});
