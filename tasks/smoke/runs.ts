/** A short run of each program on the bundled data. It checks that all parts fit together. */

/** Command lines after `npm start --`, at least one per program; the first word is the program's name. */
export const smokeRuns: readonly string[] = [
  'alice --epochs 1 --batch 1024 --seqlen 5 --units 32',
  'sentiment --epochs 1 --batch 256 --split random',
  'pos --epochs 1 --sentences 40',
  'pos --model tagger --epochs 1 --sentences 100',
  'electricity --epochs 1 --forecast-epochs 1',
];
