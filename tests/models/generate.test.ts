/** softmax, sample and generate, compared with their definitions written plainly. */
import { describe, expect, it } from '@jest/globals';
import ndarray from 'ndarray';
import {
  bidirectional,
  createModel,
  createRandom,
  dense,
  embedding,
  encoderDecoder,
  features,
  generate,
  lstm,
  oneHot,
  recurrent,
  repeatVector,
  rnn,
  sample,
  softmax,
  tensor,
  unroll,
  type Kernels,
  type Layer,
  type Model,
  type SampleOptions,
} from '../../models/index.js';
import { allKernels, float64 } from '../kernels.js';
import { expectClose, randomize } from '../tensors.js';

const SYMBOLS = 12;
const draws = createRandom(1);
const randomLogits = () => Array.from({ length: SYMBOLS }, () => 2 * draws.normal());

/** The definition of the choice, in float64. */
function plainly(logits: readonly number[], options: SampleOptions): number {
  const { temperature = 1, topK, topP, random } = options;
  const largest = Math.max(...logits);
  if (temperature === 0) return logits.indexOf(largest);
  const weights = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const order = [...weights.keys()].sort((a, b) => weights[b]! - weights[a]!).slice(0, topK ?? SYMBOLS);
  const sum = (members: readonly number[]) => members.reduce((sum, n) => sum + weights[n]!, 0);
  let count = order.length;
  while (count > 1 && sum(order.slice(0, count - 1)) >= (topP ?? 1) * sum(order)) count--;
  const members = order.slice(0, count).sort((a, b) => a - b);
  let rest = random!.uniform() * sum(members);
  return members.find((n) => (rest -= weights[n]!) < 0)!;
}

const choices: readonly Omit<SampleOptions, 'random'>[] = [
  { temperature: 0 },
  {},
  { temperature: 0.5 },
  { temperature: 3 },
  { topK: 3 },
  { topK: 1, temperature: 3 },
  { topP: 0.5 },
  { topP: 1e-9 },
  { topK: 5, topP: 0.7, temperature: 2 },
  { topK: null, topP: null },
];

describe('softmax(logits)', () => {
  it('is e^x / Σ e^x, of an array or of each row of a tensor, which stay as they are', () => {
    const logits = [1, 2, 1000];
    expect([...softmax(logits)]).toEqual([0, 0, 1]);
    expect(logits).toEqual([1, 2, 1000]);
    expectClose([...softmax(Float32Array.of(0, Math.log(3)))], [0.25, 0.75], 1e-7);
    expectClose([...softmax([0, 2 * Math.log(3)], 2)], [0.25, 0.75], 1e-12);
    const rows = tensor(Float64Array.of(0, Math.log(3), 5, 5), 2, 1, 2);
    const probabilities = softmax(rows);
    expect(probabilities.shape).toEqual([2, 1, 2]);
    expectClose([...probabilities.data], [0.25, 0.75, 0.5, 0.5], 1e-12);
    const transposed = ndarray(Float64Array.of(0, 5, Math.log(3), 5), [2, 2], [1, 2]);
    expectClose([...softmax(transposed).data], [0.25, 0.75, 0.5, 0.5], 1e-12);
  });

  it.each([
    [[], 1, 'softmax: there are no logits'],
    [[1, NaN], 1, 'softmax: a logit is not a number'],
    [[1, 2], 0, 'softmax: temperature must be above 0, not 0'],
    ['ab', 1, 'softmax: logits must be numbers or a tensor, not "ab"'],
    [Promise.resolve([1]), 1, 'a promise; await it'],
  ])('refuses %j at %d', (logits, temperature, message) => {
    expect(() => softmax(logits as number[], temperature)).toThrow(message);
  });
});

describe.each(choices)('sample(logits, %j)', (options) => {
  it('chooses as the definition does', () => {
    const [ours, theirs] = [createRandom(5), createRandom(5)];
    for (let n = 0; n < 1000; n++) {
      const logits = randomLogits();
      const expected = plainly(logits, { ...options, random: theirs });
      expect(sample(logits, { ...options, random: ours })).toBe(expected);
    }
    expect(ours.state()).toEqual(theirs.state());
  });
});

const layersOf: Readonly<Record<string, () => Layer[]>> = {
  'one-hot symbols': () => [recurrent(rnn, { units: 8 }), dense(SYMBOLS)],
  'an embedding': () => [embedding(6), recurrent(lstm, { units: 8 }), dense(SYMBOLS)],
  'two stateful layers': () => [
    recurrent(lstm, { units: 8, stateful: true, returnSequences: true }),
    recurrent(rnn, { units: 8, stateful: true, returnSequences: true }),
    dense(SYMBOLS),
  ],
};

function randomModel(kernels: Kernels = float64, layers = layersOf['one-hot symbols']!()): Model {
  const model = createModel({ kernels, input: oneHot(SYMBOLS), layers });
  randomize(model.parameters.values, createRandom(3));
  return model;
}

describe.each(allKernels)('generate(model, prompt, n) on $name', ({ kernels }) => {
  it.each(Object.entries(layersOf))(
    'with %s writes as if it had read everything so far',
    async (_, layers) => {
      const model = randomModel(kernels, layers());
      const graph = unroll(model, { batch: 1, steps: 1 });
      for (const options of choices) {
        const random = createRandom(7);
        const text = [1, 2, 3];
        for (let n = 0; n < 40; n++) {
          graph.resetStates();
          for (const id of text) {
            graph.input.data[0] = id;
            graph.forward();
            graph.carryStates();
          }
          text.push(plainly([...graph.output.data], { ...options, random }));
        }
        const written = await generate(model, [1, 2, 3], 40, { ...options, random: createRandom(7) });
        expect([...written]).toEqual(text.slice(3));
      }
    },
  );
});

describe('generate(model, prompt, n)', () => {
  it('writes the same while another writes with the same model', async () => {
    const model = randomModel();
    const write = (prompt: number) => generate(model, [prompt], 3000, { random: createRandom(prompt) });
    const alone = [await write(1), await write(2)];
    expect(await Promise.all([write(1), write(2)])).toEqual(alone);
  });

  it('writes nothing if asked for nothing', async () => {
    expect(await generate(randomModel(), [1], 0, { temperature: 0 })).toHaveLength(0);
  });

  const greedy = { temperature: 0 };
  const wide = [recurrent(rnn, { units: 4 }), dense(SYMBOLS + 1)];
  const both = [bidirectional(rnn, { units: 4 }), dense(SYMBOLS)];
  const repeating = [recurrent(rnn, { units: 4 }), repeatVector(2), dense(SYMBOLS)];
  const encoder = [encoderDecoder(rnn, { units: 4, sourceSteps: 2 }), dense(SYMBOLS)];
  const numeric = createModel({ kernels: float64, input: features(2), layers: wide });
  it.each([
    ['no prompt', randomModel(), [], 5, greedy, 'generate: the prompt is empty'],
    ['text', randomModel(), 'abc', 5, greedy, 'the prompt must be an array of symbols, not "abc"'],
    [
      'an unknown symbol',
      randomModel(),
      [1, 12],
      5,
      greedy,
      "prompt[1] is 12; the model's symbols are 0 to 11",
    ],
    [
      'a negative n',
      randomModel(),
      [1],
      -1,
      greedy,
      'generate: n must be a whole number of at least 0, not -1',
    ],
    [
      'no random',
      randomModel(),
      [1],
      5,
      {},
      'generate: random must be createRandom(seed), not null; temperature 0',
    ],
    ['Math', randomModel(), [1], 5, { random: Math }, 'generate: random must be createRandom(seed)'],
    ['half a topK', randomModel(), [1], 5, { topK: 2.5, ...greedy }, 'generate: topK must be a whole number'],
    [
      'a topP of 0',
      randomModel(),
      [1],
      5,
      { topP: 0, ...greedy },
      'generate: topP must be above 0 and at most 1, not 0',
    ],
    [
      'a temperature below 0',
      randomModel(),
      [1],
      5,
      { temperature: -1 },
      'generate: temperature must be at least 0',
    ],
    ['another option', randomModel(), [1], 5, { temp: 1 }, 'generate has no option "temp"'],
    ['numbers as input', numeric, [1], 5, greedy, 'the model must read one symbol per step, as oneHot(V)'],
    [
      'another number of classes',
      randomModel(float64, wide),
      [1],
      5,
      greedy,
      'reads 12 symbols, but predicts among 13',
    ],
    ['two directions', randomModel(float64, both), [1], 5, greedy, 'bidirectional.backward reads backwards'],
    [
      'a repeated vector',
      randomModel(float64, repeating),
      [1],
      5,
      greedy,
      'the model answers 2 times per step',
    ],
    ['an encoder', randomModel(float64, encoder), [1], 5, greedy, 'this model has an encoder; use decode'],
  ] as const)('refuses %s', async (_, model, prompt, n, options, message) => {
    const call = generate(model, prompt as never, n, options as SampleOptions);
    await expect(call).rejects.toThrow(message);
  });
});
