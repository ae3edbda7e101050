/** How far the gates open over a real sentence, in models trained on sentiment. */
import * as nn from '../../models/index.js';
import type { LineChart, Table } from '../report/index.js';
import { readCorpus, splitSentences } from '../sentiment/corpus.js';
import {
  learnSentiment,
  LENGTH,
  numberSentences,
  readWords,
  sentimentExamples,
  sentimentModel,
} from '../sentiment/model.js';
import { meanOf, opening, openings, type Openings } from '../common/openings.js';
import { print } from '../common/say.js';
import type { Experiment, LabSettings } from './experiment.js';

/** The sentence is the first test sentence with this number of words and a "not". */
const [LEAST_WORDS, MOST_WORDS] = [10, 16];

/** The place of a gate gives its colour, the same for all cells; z keeps as f does. */
const GATES = ['i', 'f', 'o', 'z', 'r'];

/** @returns null if it was asked to stop */
export async function gateActivations(
  kernels: nn.Kernels,
  { epochs, seed }: LabSettings,
): Promise<Experiment | null> {
  const { sentences } = readCorpus(null);
  const numbered = numberSentences(sentences);
  const { vocabulary, inputs, labels } = numbered;
  const split = splitSentences('distinct', sentences, nn.createRandom(seed, 'split'));
  const chosen = [...split.test].find((n) => {
    const { words } = sentences[n]!;
    return words.length >= LEAST_WORDS && words.length <= MOST_WORDS && words.includes('not');
  })!;
  const words = readWords(vocabulary, sentences[chosen]!.words);

  const training = { epochs, batch: 32, seed };
  const examples = [
    sentimentExamples(numbered, split.training),
    sentimentExamples(numbered, split.test),
  ] as const;
  const content: (LineChart | Table)[] = [];
  const final: Record<string, number> = {};
  for (const cell of Object.keys(nn.cells) as nn.CellName[]) {
    if (nn.cells[cell].gates.length === 1) continue; // a tanh-RNN has none
    const model = sentimentModel(kernels, { cell, ...training }, vocabulary.words.length);
    print(`\n${cell} reads sentences`);
    const { stopped } = await learnSentiment(nn.createTrainer(model, nn.adam()), examples, training);
    if (stopped) return null;

    const graph = nn.unroll(model, { batch: 1, steps: LENGTH });
    graph.input.data.set(inputs[chosen]!);
    graph.forward();
    const [trace] = Object.values(nn.trace(graph)) as [nn.LayerTrace];
    const gates = openings(trace, words.length);
    content.push(...show(cell, words, gates));
    for (const { gate, mean } of gates) final[`${cell}.${gate}`] = meanOf(mean);
  }
  return {
    key: 'openings',
    section: {
      heading: 'Gates over a sentence',
      text:
        `“${words.join(' ')}” (${labels[chosen] === 1 ? 'positive' : 'negative'}), a test sentence. ` +
        'i writes into the memory, f keeps its content, o outputs it; z of a GRU keeps too, and r selects the part of ' +
        'the old state that the new one is made from. The padding before the sentence is read too.',
      content,
    },
    final,
  };
}

function show(
  cell: nn.CellName,
  words: readonly string[],
  gates: readonly Openings[],
): (LineChart | Table)[] {
  const chart = (title: string, of: 'liveliest' | 'mean'): LineChart => ({
    ...{ kind: 'lineChart', title: `${cell}: ${title}`, x: 'word', y: 'how far open' },
    series: gates.map((one) => ({
      name: one.gate,
      points: one[of].map((value, n) => [n + 1, value]),
      color: GATES.indexOf(one.gate),
    })),
  });
  return [
    chart('the unit of each gate that varies most', 'liveliest'),
    chart('means of all units', 'mean'),
    {
      kind: 'table',
      title: `${cell}, word by word: means, and in brackets the unit that varies most over the sentence`,
      head: ['', ...gates.map(({ gate }) => gate)],
      rows: words.map((word, n) => [word, ...gates.map((gate) => opening(gate, n))]),
    },
  ];
}
