/** What the network writes: characters drawn from its own probabilities, each with the one that it had. */
import * as nn from '../../../models/index.js';
import type { Written } from '../protocol.js';

const CHARACTERS = 160;
/** Somewhat below 1: likely characters become likelier. */
const TEMPERATURE = 0.7;

/** @returns a function that lets the model continue an opening; it always draws with the same seed */
export function createWriter(model: nn.Model, vocabulary: readonly string[]) {
  const graph = nn.unroll(model, { batch: 1, steps: 1 });
  const read = (id: number) => {
    graph.input.data[0] = id;
    graph.forward();
    graph.carryStates();
  };
  return (opening: string, step: number): Written => {
    const random = nn.createRandom(step, 'writing');
    graph.resetStates();
    for (const character of opening) read(vocabulary.indexOf(character));
    const probabilities = new Float32Array(CHARACTERS);
    let text = '';
    for (let n = 0; n < CHARACTERS; n++) {
      const id = nn.sample(graph.output, { temperature: TEMPERATURE, random });
      probabilities[n] = nn.softmax(graph.output).data[id]!;
      text += vocabulary[id]!;
      read(id);
    }
    return { step, opening, text, probabilities };
  };
}
