/** The origins of the chapter's data, and their checks. */
import { countBook, countLoads, countSentences, countTaggedSentences } from './counts.js';
import type { Source } from './source.js';

const MB = 1e6;

export const sources = {
  alice: {
    title: "Alice's Adventures in Wonderland, Project Gutenberg 11, in the public domain",
    file: 'alice.txt',
    home: { url: 'https://www.gutenberg.org/files/11/11-0.txt', limit: 1 * MB },
    sha256: null, // corrected now and then
    count: countBook,
    task: 'alice',
  },
  sentiment: {
    title: 'UMICH SI650 sentiment, Kaggle in class 2011; its licence is not stated',
    file: 'training.txt',
    home: {
      page: 'https://www.kaggle.com/competitions/si650winter11/data',
      steps: 'sign in (Kaggle asks for an account), accept the rules and download training.txt',
    },
    sha256: null, // Kaggle does not publish one
    count: countSentences,
    task: 'sentiment',
  },
  treebank: {
    title: "NLTK's tenth of the Penn Treebank, for non-commercial use",
    file: 'treebank.zip',
    home: {
      url: 'https://raw.githubusercontent.com/nltk/nltk_data/gh-pages/packages/corpora/treebank.zip',
      limit: 20 * MB,
    },
    sha256: null, // NLTK repacks it now and then; its sentences stay
    count: countTaggedSentences,
    task: 'pos',
  },
  electricity: {
    title: 'ElectricityLoadDiagrams20112014, UCI Machine Learning Repository (Trindade 2015), CC BY 4.0',
    file: 'LD2011_2014.txt.zip',
    home: {
      url: 'https://archive.ics.uci.edu/static/public/321/electricityloaddiagrams20112014.zip',
      limit: 300 * MB,
    },
    // The zip that UCI has served for years: 261,335,609 bytes.
    sha256: 'f6c4d0e0df12ecdb9ea008dd6eef3518adb52c559d04a9bac2e1b81dcfc8d4e1',
    count: countLoads,
    task: 'electricity',
  },
} satisfies Record<string, Source>;

export type SourceName = keyof typeof sources;
