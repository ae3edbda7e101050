import { describe, expect, it } from '@jest/globals';
import {
  conllSentences,
  taggedSentences,
  wordTagSentences,
  type TaggedForm,
  type TaggedSentence,
} from '../../datasets/index.js';
import { readDamaged } from './damaged.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const dataError = (message: unknown) => expect.objectContaining({ name: 'DataError', message });

/** `The/DT cat/NN` as a sentence. */
function sentence(text: string): TaggedSentence {
  const pairs = text.split(' ').map((pair) => pair.split('/') as [string, string]);
  return { words: pairs.map(([word]) => word), tags: pairs.map(([, tag]) => tag) };
}

const CONLLU = `# sent_id = 1
# text = I can't. # no
1\tI\tI\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_
3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# sent_id = 2
1\t#\t#\tSYM\t#\t_\t0\troot\t_\t_
`;
const CONLL2003 =
  '-DOCSTART- -X- O O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n# # I-NP O\n\nYes UH B-INTJ O\n';

describe('conllSentences(bytes, source, tags)', () => {
  it('reads universal tags of CoNLL-U; without comments, words that are two, and words that are not there', () => {
    const expected = [sentence("I/PRON ca/AUX n't/PART ./PUNCT"), sentence('#/SYM')];
    for (const end of ['\n', '\r\n'])
      expect(conllSentences(bytes(CONLLU.replaceAll('\n', end)), 'x')).toEqual(expected);
  });

  it.each(['xpos', '5'])("reads the language's own tags, column %s", (tags) => {
    expect(conllSentences(bytes(CONLLU), 'x', tags)[0]).toEqual(sentence("I/PRP ca/MD n't/RB ./."));
  });

  it('reads the columns of the shared tasks, where # is a word', () => {
    const [first, second] = conllSentences(bytes(CONLL2003), 'x');
    expect([first, second]).toEqual([sentence('EU/NNP rejects/VBZ #/#'), sentence('Yes/UH')]);
    expect(conllSentences(bytes(CONLL2003), 'x', '4')[0]!.tags).toEqual(['I-ORG', 'O', 'O']);
    expect(conllSentences(bytes(CONLL2003.replaceAll(' ', '\t')), 'x')).toEqual([first, second]);
  });

  it.each([
    [
      'a tag that is missing',
      CONLLU.replace('\tMD\t', '\t_\t'),
      'xpos',
      /^x, line 5: no tag in column 5 of "2\\tca/,
    ],
    [
      'a line of one column',
      'The DT\ncat\n',
      undefined,
      /^x, line 2: no tag in column 2 of "cat"; give the column of the/,
    ],
    ['a column that there is not', 'The DT\n', '3', /^x, line 1: no tag in column 3/],
    [
      'no column',
      'The DT\n',
      'penn',
      /^x: there is no column of tags "penn"; give upos, xpos or a number from 1$/,
    ],
  ])('refuses %s', (_, text, tags, message) => {
    expect(() => conllSentences(bytes(text), 'x', tags)).toThrow(dataError(expect.stringMatching(message)));
  });
});

describe('wordTagSentences(bytes, source)', () => {
  it.each([
    ['a slash', 'The/DT 1/2/CD //SYM\n\nand/or/CC\n', ['DT', 'CD', 'SYM']],
    ['an underscore', 'The_DT snake_case_NN __SYM\n', ['DT', 'NN', 'SYM']],
  ])('reads tags behind %s', (_, text, tags) => {
    expect(wordTagSentences(bytes(text), 'x')[0]!.tags).toEqual(tags);
  });

  it('refuses a word without a tag', () => {
    expect(() => wordTagSentences(bytes('The/DT\ncat\n'), 'x')).toThrow(
      dataError("x, line 2: 'cat' is not a word, a slash and a tag"),
    );
  });
});

describe('taggedSentences(bytes, source)', () => {
  const forms: [TaggedForm, string][] = [
    ['CoNLL-U', CONLLU],
    ['CoNLL columns', CONLL2003],
    ['CoNLL columns', 'The\tDT\ncat\tNN\n\nYes\tUH\n'],
    ['word/TAG', 'The/DT cat/NN\nYes/UH\n'],
    ['word/TAG', '\n\n\tThe/at cat/nn\n'],
    ['word/TAG', 'The_DT cat_NN\n'],
    ['trees of the Penn Treebank', '\n( (S (NP (DT The) (NN cat))) )\n'],
  ];

  it.each(forms)('finds %s in %j', (form, text) => {
    const file = taggedSentences(bytes(text), 'x');
    expect(file.form).toBe(form);
    expect(file.sentences.length).toBeGreaterThan(0);
  });

  it.each(['Alice was beginning to get\nvery tired of sitting by her sister\n', '1,2,3\n', '\n', ''])(
    'refuses %j and names the forms',
    (text) => {
      const message = expect.stringMatching(
        /^x, line 1: ".*" is in none of the forms: CoNLL-U, CoNLL columns, word\/TAG/,
      );
      expect(() => taggedSentences(bytes(text), 'x')).toThrow(dataError(message));
    },
  );

  it('throws only its own error for thousands of damaged files of each form', () => {
    const pieces = ['\t', ' ', '\n', '\n\n', '#', '/', '_', '(', ')', '\0', '1-2', '8.1', '-DOCSTART-'];
    for (const [, text] of forms.filter((_, n) => n % 2 === 0))
      readDamaged(
        (file) => taggedSentences(file, 'x'),
        bytes(text),
        pieces,
        ({ sentences }) => {
          for (const { words, tags } of sentences) {
            expect(words.length).toBe(tags.length);
            if (words.length === 0 || ![...words, ...tags].every((token) => token.trim() !== ''))
              expect(words).toBe('words');
          }
        },
      );
  });
});
