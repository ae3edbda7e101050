/** `npm start -- import`: looks into a model from elsewhere. */
import { Command } from 'commander';
import {
  createTrainer,
  decodeCheckpoint,
  encodeCheckpoint,
  InputError,
  referenceKernels,
  sgd,
  type Model,
} from '../../models/index.js';
import type { FileDescription } from '../../models/interchange/index.js';
import { writeOutput } from '../common/files.js';
import { drawGraph, pictureFile } from '../common/graphPicture.js';
import { path } from '../common/options.js';
import { requireDistinct, requireNew, requireWritable } from '../common/paths.js';
import { printable, whole } from '../common/printable.js';
import { printTable } from '../common/printTable.js';
import { print, say } from '../common/say.js';
import { BAR, checkGradients, passed, verdictRows } from './checkGradients.js';
import { gateTables } from './gates.js';
import { describeInput, layerRows, tensorRows } from './layerTable.js';
import { describe, ONLY_WEIGHTS, readModel, readModelFiles, requireModelIn } from './modelFiles.js';
import type { ModelFiles } from './modelFiles.js';
import { readText, readVocabulary, savedSymbols, type Symbols } from './symbols.js';

interface Options {
  picture?: string;
  trace?: string;
  vocabulary?: string;
  check: boolean;
  out?: string;
  force: boolean;
}

export function importCommand(): Command {
  return new Command('import')
    .description('look into a model of this program or another: layers, weights, graph, gates, gradients')
    .argument(
      '<files...>',
      'a file; a folder with model.json; or the files of one model, the model itself first',
    )
    .option('--picture <file>', 'draw it unrolled, coloured by gradients: FILE.svg or FILE.dot', pictureFile)
    .option('--trace <text>', 'how far its gates open over this text')
    .option('--vocabulary <file>', 'for --trace: its symbols, one on each line from number 0, or JSON', path)
    .option('--check', 'compare its gradients with finite differences', false)
    .option('--out <file>', 'save it as a checkpoint', path)
    .option('--force', 'replace what is there', false)
    .action(runImport);
}

async function runImport(paths: string[], options: Options): Promise<void> {
  const { picture = null, trace, vocabulary, out = null, force } = options;
  if (vocabulary !== undefined && trace === undefined)
    throw new InputError('--vocabulary says how --trace reads: give a text with --trace');
  requireDistinct({ '--vocabulary': vocabulary ?? null, '--picture': picture, '--out': out });
  for (const output of [picture, out]) if (output !== null) requireOutput(output, force, paths);
  const read = readModelFiles(paths);
  const described = await describe(read);
  const asksMore = picture !== null || out !== null || trace !== undefined || options.check;
  if (asksMore) await requireModelIn(read);
  if (!described.hasModel) return printWeights(read, described);

  const { model, format, notes } = await readModel(read, referenceKernels(Float64Array));
  const known = vocabulary ? readVocabulary(vocabulary) : await symbolsIn(read, format);
  const reading = trace === undefined ? null : readText(model, trace, known);
  const graph = reading || picture ? passed(model, reading?.ids ?? null) : null;
  printModel(read, model, format, notes);
  printTensors(described);
  if (reading) {
    print('');
    say('symbols', reading.how);
    for (const [layer, rows] of gateTables(graph!, reading.symbols)) printGates(layer, rows);
  }
  if (options.check) printCheck(model);
  if (picture) await drawGraph(picture, graph!);
  if (out !== null) await saveModel(out, read, known);
}

function requireOutput(output: string, force: boolean, inputs: readonly string[]): void {
  for (const input of inputs) requireDistinct({ 'the model': input, 'an output': output });
  requireNew(output, force);
  requireWritable(output);
}

function printModel({ source, files }: ModelFiles, model: Model, format: string, notes: readonly string[]) {
  const size = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  say('file', `${source}, ${whole(size)} bytes`);
  say('format', format);
  say('reads', describeInput(model));
  for (const note of notes) say('note', note);
  print('');
  printTable(layerRows(model));
}

function printTensors(described: FileDescription): void {
  print('\nTensors of the file:');
  printTable(tensorRows(described));
}

function printWeights({ source }: ModelFiles, described: FileDescription): void {
  say('file', source);
  say('format', described.format);
  printTensors(described);
  print('');
  print(printable(`${source}: ${ONLY_WEIGHTS}`));
}

function printGates(layer: string, rows: Parameters<typeof printTable>[0]): void {
  const [, first = ''] = rows.head;
  const gates = first.startsWith('|')
    ? 'it has no gates'
    : 'means of each gate, in brackets the unit that varies most';
  print('');
  print(`${layer}: ${gates}; |h| is the length of h`);
  printTable(rows);
}

function printCheck(model: Model): void {
  print('');
  print('Gradients on random inputs, along a random direction of each weight:');
  const verdicts = checkGradients(model);
  printTable(verdictRows(verdicts));
  const wrong = verdicts.filter(({ error }) => !(error < BAR));
  if (wrong.length > 0) process.exitCode = 1;
}

/** The vocabulary of a checkpoint. */
async function symbolsIn({ source, files }: ModelFiles, format: string): Promise<Symbols | null> {
  if (format !== 'checkpoint') return null;
  const [bytes] = files.values();
  const { state } = await decodeCheckpoint(bytes!, source);
  return savedSymbols(state, source);
}

async function saveModel(out: string, read: ModelFiles, known: Symbols | null): Promise<void> {
  const { model } = await readModel(read, referenceKernels(Float32Array));
  // It has no memory: any optimizer may begin with the weights.
  const trainer = createTrainer(model, sgd());
  const state = { task: 'import', source: read.source, symbols: known?.list ?? null };
  await writeOutput(out, await encodeCheckpoint(trainer, state));
  say('saved', out);
}
