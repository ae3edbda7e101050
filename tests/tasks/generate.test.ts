/** Writing as in the chapter, compared with the choice written plainly. */
import { expect, it } from '@jest/globals';
import { rnn } from '../../cells/index.js';
import { referenceKernels } from '../../engine/index.js';
import { createModel, createRandom, dense, oneHot, recurrent, sample, unroll } from '../../models/index.js';
import { generateByWindow } from '../../tasks/alice/generate.js';

const SYMBOLS = 12;

it.each([0, 0.5, 1, 3])(
  'generateByWindow rereads the last characters, at temperature %d',
  async (temperature) => {
    const layers = [recurrent(rnn, { units: 8 }), dense(SYMBOLS)];
    const model = createModel({
      kernels: referenceKernels(Float32Array),
      input: oneHot(SYMBOLS),
      layers,
      seed: 3,
    });
    // Probabilities far from uniform, so that every symbol matters.
    model.kernels.scale(model.parameters.values, 3);
    const seed = Int32Array.of(1, 2, 3);
    const graph = unroll(model, { batch: 1, steps: seed.length });
    const choice = () => ({ temperature, random: createRandom(5, 'writing') });

    const [text, own] = [[...seed], choice()];
    for (let n = 0; n < 200; n++) {
      graph.input.data.set(text.slice(-seed.length));
      graph.forward();
      text.push(sample([...graph.output.data], own));
    }
    expect([...(await generateByWindow(graph, seed, 200, choice()))]).toEqual(text.slice(seed.length));
  },
);
