import { describe, expect, it } from '@jest/globals';
import { rnn } from '../../cells/index.js';
import { referenceKernels } from '../../engine/index.js';
import {
  createModel,
  createRandom,
  dense,
  oneHot,
  recurrent,
  unroll,
  type Graph,
} from '../../models/index.js';
import { createChooser, generateByState, generateByWindow, type Choice } from '../../tasks/alice/generate.js';
import { allKernels } from '../kernels.js';
import { entries, randomize } from '../tensors.js';

const SYMBOLS = 12;

/** The choice, written plainly, in float64. */
function plainly(logits: readonly number[], { temperature, random }: Choice): number {
  const largest = Math.max(...logits);
  if (temperature === 0) return logits.indexOf(largest);
  const weights = logits.map((logit) => Math.exp((logit - largest) / temperature));
  let rest = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  return weights.findIndex((weight) => (rest -= weight) < 0);
}

function model() {
  const made = createModel({
    kernels: referenceKernels(Float32Array),
    input: oneHot(SYMBOLS),
    layers: [recurrent(rnn, { units: 8 }), dense(SYMBOLS)],
    seed: 3,
  });
  // Probabilities far from uniform, so that every symbol matters.
  made.kernels.scale(made.parameters.values, 3);
  return made;
}

describe.each([0, 0.5, 1, 3])('at temperature %d', (temperature) => {
  const choice = () => ({ temperature, random: createRandom(5, 'writing') });

  it.each(allKernels)('createChooser chooses as the definition does, on $name', ({ kernels: k }) => {
    const random = createRandom(1);
    const [ours, theirs] = [choice(), choice()];
    const logits = k.zeros(1, SYMBOLS);
    const choose = createChooser(k, logits, ours);
    for (let n = 0; n < 1000; n++) {
      randomize(logits, random);
      k.scale(logits, 2);
      const before = entries(logits);
      expect(choose()).toBe(plainly(before, theirs));
      expect(entries(logits)).toEqual(before);
    }
    expect(ours.random.state()).toEqual(theirs.random.state());
  });

  const seed = Int32Array.of(1, 2, 3);
  /** Generates plainly; `read` runs the graph, given all characters so far. */
  function write(graph: Graph, read: (text: readonly number[]) => void): number[] {
    const [text, own] = [[...seed], choice()];
    for (let n = 0; n < 200; n++) {
      read(text);
      text.push(plainly([...graph.output.data], own));
    }
    return text.slice(seed.length);
  }

  it('generateByWindow rereads the last characters', async () => {
    const graph = unroll(model(), { batch: 1, steps: seed.length });
    const expected = write(graph, (text) => {
      graph.input.data.set(text.slice(-seed.length));
      graph.forward();
    });
    expect([...(await generateByWindow(graph, seed, 200, choice()))]).toEqual(expected);
  });

  it('generateByState writes as if it had read everything from the start', async () => {
    const graph = unroll(model(), { batch: 1, steps: 1 });
    const expected = write(graph, (text) => {
      graph.resetStates();
      for (const character of text) {
        graph.input.data[0] = character;
        graph.forward();
        graph.carryStates();
      }
    });
    expect([...(await generateByState(graph, seed, 200, choice()))]).toEqual(expected);
  });
});
