/** A toy English with tags: each tag follows from the word or from the one before it. */
import { createRandom } from '../../engine/index.js';
import type { TaggedSentence } from '../../datasets/index.js';

const NOUNS = ['cat', 'dog', 'mat', 'hat', 'king', 'queen', 'walk', 'park'];
const VERBS = ['sees', 'likes', 'hears'];
const ADJECTIVES = ['old', 'grey', 'big'];

/** Sentences such as `The/DT old/JJ cat/NN likes/VBZ Tom/NNP ./.` */
export function madeUpSentences(count: number): TaggedSentence[] {
  const random = createRandom(1, 'grammar');
  const one = (words: readonly string[]) => words[random.integer(words.length)]!;
  const nounPhrase = (determiner: string): [string, string][] => {
    const adjective: [string, string][] = random.uniform() < 0.5 ? [[one(ADJECTIVES), 'JJ']] : [];
    return random.uniform() < 0.3
      ? [[one(['Tom', 'Ann']), 'NNP']]
      : [[determiner, 'DT'], ...adjective, [one(NOUNS), 'NN']];
  };
  return Array.from({ length: count }, () => {
    // "walk" and "park" are nouns after a determiner and verbs after "to".
    const verb: [string, string][] =
      random.uniform() < 0.5
        ? [[one(VERBS), 'VBZ'], ...nounPhrase('the')]
        : [
            ['likes', 'VBZ'],
            ['to', 'TO'],
            [one(['walk', 'park']), 'VB'],
          ];
    const pairs = [...nounPhrase('The'), ...verb, ['.', '.']];
    return { words: pairs.map(([word]) => word!), tags: pairs.map(([, tag]) => tag!) };
  });
}

/** These sentences as two parallel files. */
export function parallelFiles(sentences: readonly TaggedSentence[]): { words: string; tags: string } {
  const lines = (field: 'words' | 'tags') =>
    sentences.map((sentence) => sentence[field].join(' ') + '\n').join('');
  return { words: lines('words'), tags: lines('tags') };
}

/** The same sentences as trees, with a trace in each. */
export function trees(sentences: readonly TaggedSentence[]): string {
  return sentences
    .map(({ words, tags }) => {
      const leaves = words.map((word, n) => `(${tags[n]} ${word})`).join('\n    ');
      return `( (S ${leaves} (NP (-NONE- *T*-1))) )\n`;
    })
    .join('');
}
