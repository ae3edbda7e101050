/** What the program prints. */
import { describeKernels } from '../common/kernels.js';
import { printable } from '../common/printable.js';
import { printTable } from '../common/printTable.js';
import type { PosSettings } from './architecture.js';
import type { CorpusRecord } from './corpus.js';
import type { PosModel } from './model.js';
import type { PosResults } from './run.js';
import { accuracyRows, describeExample, mistakeRows, tagRows, whole } from './tables.js';

export function printCorpus(record: CorpusRecord): void {
  const { source, sha256, sentences, words, distinctWords, tags, longest } = record;
  console.log(`data     ${printable(source)}`);
  console.log(
    `         ${whole(sentences)} sentences, the longest of ${longest} words; ${whole(words)} words,`,
  );
  console.log(`         ${whole(distinctWords)} distinct, with ${tags} different tags; sha256 ${sha256}`);
}

export function printSplit(training: number, test: number): void {
  console.log(`split    ${whole(training)} sentences to train on, ${whole(test)} held out`);
}

export function printModel({ architecture, model }: PosModel, settings: PosSettings): void {
  console.log(`model    ${settings.model}: ${architecture.describe(settings)},`);
  console.log(`         ${whole(model.parameters.values.size)} parameters, seed ${settings.seed}`);
  console.log(`kernels  ${describeKernels(model.kernels)}`);
}

const OF_THE_CHAPTER = `
Nearly all of these places are padding, and the decoder knows a sentence by one vector only: at best it learns how
long the sentence is. The accuracy on words is the one that counts; see --model tagger.`;

export function printResults(results: PosResults): void {
  console.log('\nSentences held out, share of places with the right tag:');
  printTable(accuracyRows(results));
  if (results.state.settings.model === 'chapter') {
    console.log(OF_THE_CHAPTER);
  } else {
    console.log('\nPrecision: of the words that were given a tag, the share that has it.');
    console.log('Recall: of the words that have a tag, the share that was given it.');
    printTable(tagRows(results));
    console.log('\nTaken for another most often:');
    printTable(mistakeRows(results));
  }
  if (results.examples.length === 0) return;
  console.log('\nSentences held out, as the model tags them; in brackets what is right where it is not:');
  for (const example of results.examples) console.log(printable(describeExample(example)));
}
