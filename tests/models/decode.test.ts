/** decode: greedy and beam search, compared with plain searches that run the whole graph for each prefix. */
import { describe, expect, it } from '@jest/globals';
import {
  createModel,
  createRandom,
  decode,
  dense,
  embedding,
  encoderDecoder,
  gru,
  lstm,
  oneHot,
  recurrent,
  rnn,
  softmax,
  unroll,
  type DecodeOptions,
  type Kernels,
  type Layer,
  type Model,
} from '../../models/index.js';
import { allKernels, float64 } from '../kernels.js';
import { randomize } from '../tensors.js';

const [V, S, START, END] = [4, 5, 3, 0];
const layersOf: Readonly<Record<string, () => Layer[]>> = {
  'an LSTM': () => [encoderDecoder(lstm, { units: 4, sourceSteps: S }), dense(V)],
  'a GRU over an embedding': () => [
    embedding(3),
    encoderDecoder(gru, { units: 4, sourceSteps: S }),
    dense(V),
  ],
  'layers below and above': () => [
    recurrent(rnn, { units: 4, returnSequences: true }),
    encoderDecoder(gru, { units: 4, sourceSteps: S }),
    recurrent(rnn, { units: 4, returnSequences: true }),
    dense(V),
  ],
};

function randomModel(kernels: Kernels = float64, layers = layersOf['an LSTM']!()): Model {
  const model = createModel({ kernels, input: oneHot(V), layers });
  // A seed with which greedy search misses the best answer.
  randomize(model.parameters.values, createRandom(91));
  return model;
}

const draw = createRandom(8);
const sources = Array.from({ length: 7 }, () => Array.from({ length: S }, () => draw.integer(V)));

/** The logits of the next symbol after `symbols`, by a graph of source and decoder. */
function nextLogits(model: Model, source: readonly number[], symbols: readonly number[]): number[] {
  const input = [...source, START, ...symbols];
  const graph = unroll(model, { batch: 1, steps: input.length });
  graph.input.data.set(input);
  graph.forward();
  const logits = [...graph.output.data.subarray(0, graph.output.size)].slice(-V);
  graph.dispose();
  return logits;
}

const penalty = (length: number, alpha: number) => ((5 + length) / 6) ** alpha;

/** The best of all answers, each scored by the whole graph. */
function exhaustively(
  model: Model,
  source: number[],
  { most, end = null, lengthPenalty = 0 }: DecodeOptions,
) {
  let best = { score: -Infinity, symbols: [] as number[] };
  const visit = (symbols: number[], logProbability: number) => {
    if (symbols.at(-1) === end || symbols.length === most) {
      const score = logProbability / penalty(symbols.length, lengthPenalty);
      if (score > best.score) best = { score, symbols };
      return;
    }
    const p = softmax(nextLogits(model, source, symbols));
    p.forEach((one, symbol) => visit([...symbols, symbol], logProbability + Math.log(one)));
  };
  visit([], 0);
  return best.symbols.at(-1) === end ? best.symbols.slice(0, -1) : best.symbols;
}

/** Always the likeliest symbol. */
function greedily(model: Model, source: number[], { most, end = null }: DecodeOptions): number[] {
  const symbols: number[] = [];
  while (symbols.length < most) {
    const logits = nextLogits(model, source, symbols);
    const next = logits.indexOf(Math.max(...logits));
    if (next === end) break;
    symbols.push(next);
  }
  return symbols;
}

const plain = (answers: readonly Int32Array[]) => answers.map((answer) => [...answer]);

describe.each(allKernels)('decode on $name', ({ kernels }) => {
  it.each(Object.entries(layersOf))('of %s takes the likeliest symbol each time', async (_, layers) => {
    const model = randomModel(kernels, layers());
    for (const end of [null, END]) {
      const options = { start: START, end, most: 6 };
      const expected = sources.map((source) => greedily(model, source, options));
      expect(plain(await decode(model, sources, options))).toEqual(expected);
    }
  });
});

describe('decode', () => {
  it.each([
    { end: null, lengthPenalty: 0 },
    { end: END, lengthPenalty: 0 },
    { end: END, lengthPenalty: 1 },
    { end: END, lengthPenalty: 3 },
  ])('finds the best answer with a beam that is wide enough: %j', async (more) => {
    const options = { start: START, most: 3, beam: V ** 3, ...more };
    for (const layers of Object.values(layersOf)) {
      const model = randomModel(float64, layers());
      const expected = sources.map((source) => exhaustively(model, source, options));
      expect(plain(await decode(model, sources, options))).toEqual(expected);
      // Otherwise greedy search would pass as well.
      expect(sources.map((source) => greedily(model, source, options))).not.toEqual(expected);
    }
  });

  it('reads a shorter source as one that was padded and masked', async () => {
    const layers = [
      embedding(3, { maskZero: true }),
      encoderDecoder(lstm, { units: 4, sourceSteps: S }),
      dense(V),
    ];
    const model = randomModel(float64, layers);
    const short = [[1, 2], [3], [2, 1, 3, 1]];
    const padded = short.map((source) => [...Array<number>(S - source.length).fill(0), ...source]);
    const options = { start: START, most: 6, beam: 3 };
    expect(await decode(model, short, options)).toEqual(await decode(model, padded, options));
  });

  it('answers many sources as it answers each', async () => {
    const model = randomModel();
    const many = Array.from({ length: 150 }, (_, n) => sources[n % 7]!.slice(n % 4));
    const options = { start: START, end: END, most: 5, beam: 2 };
    const all = await decode(model, many, options);
    for (const n of [0, 63, 64, 149]) expect([all[n]]).toEqual(await decode(model, [many[n]!], options));
  });

  it('ends with its model', async () => {
    const model = randomModel();
    await decode(model, sources, { start: START, most: 2 });
    model.dispose();
    await expect(decode(model, sources, { start: START, most: 2 })).rejects.toThrow('given back');
  });

  const options = { start: START, most: 3 };
  it.each([
    ['no start', sources, { most: 3 }, 'decode: the option "start" is missing'],
    ['an unknown start', sources, { ...options, start: 4 }, "start is 4; the model's symbols are 0 to 3"],
    [
      'an unknown end',
      sources,
      { ...options, end: -1 },
      'decode: end must be a whole number of at least 0, not -1',
    ],
    ['no beam', sources, { ...options, beam: 0 }, 'decode: beam must be a whole number of at least 1, not 0'],
    [
      'half a most',
      sources,
      { ...options, most: 1.5 },
      'decode: most must be a whole number of at least 1, not 1.5',
    ],
    [
      'a penalty below 0',
      sources,
      { ...options, lengthPenalty: -1 },
      'decode: lengthPenalty must be at least 0',
    ],
    ['a long source', [[1], [1, 2, 3, 1, 2, 3]], options, 'decode: source 1 has 6 steps; sourceSteps is 5'],
    ['one source', [1, 2, 3], options, 'x has one number per example'],
    ['an unknown symbol', [[1, 4]], options, 'x[0][1] (example 0, step 1) is 4'],
  ])('refuses %s', async (_, sources, options, message) => {
    await expect(decode(randomModel(), sources, options as DecodeOptions)).rejects.toThrow(message);
  });

  it('refuses a model without an encoder', async () => {
    const model = createModel({ kernels: float64, input: oneHot(V), layers: [recurrent(rnn, { units: 4 })] });
    const call = decode(model, sources, options);
    await expect(call).rejects.toThrow('decode: the model must have one encoderDecoder layer; it has 0');
  });
});
