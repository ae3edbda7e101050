/** `npm start -- export` and `npm start -- import`. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as nn from '../../models/index.js';
import { exportFormats, exportModel, importModel } from '../../models/interchange/index.js';
import { characterModel } from '../../tasks/alice/model.js';
import { CHAPTER } from '../../tasks/alice/alice.js';
import { writeFolder } from '../../tasks/common/files.js';
import { rhythmOf } from '../../tasks/electricity/clock.js';
import { createForecaster } from '../../tasks/electricity/forecaster.js';
import { exportCommand } from '../../tasks/interchange/exportCommand.js';
import { importCommand } from '../../tasks/interchange/importCommand.js';
import { createPosModel } from '../../tasks/pos/model.js';
import { sentimentModel } from '../../tasks/sentiment/model.js';
import { pathOf } from '../interchange/files.js';
import { bitsOf, kernels, saidBy } from '../interchange/networks.js';
import { runHere, runTask, temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const exporting = (...args: string[]) => runHere(directory.path, exportCommand(), args);
const importing = (...args: string[]) => runHere(directory.path, importCommand(), args);
afterAll(() => directory.remove());

const settings = { cell: 'lstm', batch: 4, seed: 1 } as const;
const VOCABULARY = ' abcdehilt';
const WORDS = ['a', 'good', 'film'];

/** A model of each program, and what its checkpoint says besides. */
const programs: Readonly<Record<string, [() => nn.Model, object]>> = {
  alice: [
    () => characterModel(kernels, { ...CHAPTER, units: 4 }, VOCABULARY.length),
    { book: { vocabulary: VOCABULARY } },
  ],
  sentiment: [() => sentimentModel(kernels, settings, 2 + WORDS.length), { words: WORDS }],
  pos: [
    () =>
      createPosModel(kernels, {
        settings: { ...settings, model: 'tagger', bidirectional: true, lr: 1e-3 },
        ...{ symbols: ['word a', '-1 a'], classes: ['PAD', 'DT'] },
      }).model,
    { symbols: ['word a', '-1 a'] },
  ],
  electricity: [() => createForecaster(kernels, settings, rhythmOf(15 * 60_000)!).model, {}],
};

beforeAll(async () => {
  for (const [task, [make, more]] of Object.entries(programs)) {
    const trainer = nn.createTrainer(make(), nn.adam());
    writeFileSync(at(`${task}.model`), await nn.encodeCheckpoint(trainer, { task, ...more }));
  }
});

/** The files at a path, by name. */
const filesAt = (path: string): Map<string, Uint8Array> => {
  const names = readdirSync(path);
  return new Map(names.map((name) => [name, readFileSync(join(path, name))]));
};

describe('export', () => {
  const cases = Object.keys(programs).flatMap((task) => exportFormats.map((to) => [task, to] as const));

  it.each(cases)(
    'writes a checkpoint of %s as %s, as the library does, or refuses as it does',
    async (task, to) => {
      const [make] = programs[task]!;
      const wanted = await exportModel(make(), to).catch((error: unknown) => error as Error);
      mkdirSync(at(`${task}-${to}`));
      const out = `${task}-${to}/out`;
      const { stdout, refusal } = await exporting('--load', `${task}.model`, '--to', to, '--out', out);
      if (wanted instanceof Error) {
        expect({ refusal, left: readdirSync(at(`${task}-${to}`)) }).toEqual({
          refusal: wanted.message,
          left: [],
        });
        return;
      }
      expect({ refusal, stdout }).toEqual({
        refusal: null,
        stdout: expect.stringContaining(`written  ${out}, ${to}`),
      });
      const [bytes, ...more] = wanted.values();
      if (more.length === 0) expect(Buffer.compare(readFileSync(at(out)), bytes!)).toBe(0);
      else
        expect(filesAt(at(out))).toEqual(new Map([...wanted].map(([name, one]) => [name, Buffer.from(one)])));
      expect(readdirSync(at(`${task}-${to}`))).toEqual(['out']);
    },
  );

  it('replaces nothing unless it is told to', async () => {
    writeFileSync(at('there'), 'old');
    const args = ['--load', 'alice.model', '--to', 'pytorch', '--out', 'there'];
    expect((await exporting(...args)).refusal).toBe(
      'there exists already: give another name, or --force to replace it',
    );
    expect(readFileSync(at('there'), 'utf8')).toBe('old');
    expect((await exporting(...args, '--force')).refusal).toBeNull();
    const { model } = await importModel(readFileSync(at('there')), { kernels });
    expect(bitsOf(model)).toEqual(bitsOf(programs.alice![0]()));
  });

  it.each([
    [
      ['--load', pathOf('gru.pt')],
      /gru.pt: it has only weights, and does not say what the model is: make the model/,
    ],
    [['--load', 'nowhere'], /^cannot read nowhere: there is no such file$/],
    [['--load', 'alice.model', '--out', 'nowhere/x'], /^cannot write nowhere\/x: /],
    [['--load', 'alice.model', '--out', 'alice.model'], /^--load and --out name the same file/],
    [['--load', 'alice.model', '--to', 'caffe'], /Allowed choices are .*pytorch/],
  ])('refuses %j in one line', async (args, message) => {
    const { refusal, stdout } = await exporting('--to', 'pytorch', '--out', 'x', ...args);
    expect(refusal).toMatch(message);
    expect({ stdout, lines: refusal!.split('\n').length }).toEqual({ stdout: '', lines: 1 });
  });

  it('writes a folder whole or not at all', async () => {
    mkdirSync(at('folders'));
    const files = new Map([
      ['model.json', Uint8Array.of(1)],
      ['weights.bin', Uint8Array.of(2)],
    ]);
    await writeFolder(at('folders/new'), files);
    expect([...filesAt(at('folders/new')).keys()]).toEqual(['model.json', 'weights.bin']);
    writeFileSync(at('folders/file'), 'old');
    await expect(writeFolder(at('folders/file'), files)).rejects.toThrow(
      /cannot write into .*folders\/file: /,
    );
    expect(readdirSync(at('folders'))).toEqual(['file', 'new']);
  });
});

describe('import', () => {
  it('shows layers, weights and tensors of a file', async () => {
    const { stdout, refusal } = await importing(pathOf('ours-both.safetensors'));
    expect(refusal).toBeNull();
    expect(stdout).toMatch(
      /^file .*ours-both.safetensors, 2,572 bytes\nformat {3}safetensors\nreads {4}a number below 5/,
    );
    expect(stdout).toMatch(/ embedding +embedding, 3 units +E +5x3 +15\n/);
    expect(stdout).toMatch(
      / bidirectional +bidirectional lstm, 2 units, returnSequences, mergeMode concat +forward.U/,
    );
    expect(stdout).toMatch(/ total +159\n/);
    expect(stdout).toMatch(/ gruResetAfter.weight_ih_l0 +F32 +6x4\n/);
  });

  it('shows a model of several files, given one by one or as a folder', async () => {
    await exporting('--load', 'alice.model', '--to', 'tfjs', '--out', 'web');
    const folder = await importing('web');
    const files = await importing('web/model.json', 'web/weights.bin');
    expect(folder.refusal).toBeNull();
    expect(folder.stdout).toMatch(/format {3}tfjs\n[^]* rnn +rnn, 4 units[^]*Tensors of the file:/);
    expect(files.stdout.split('\n').slice(1)).toEqual(folder.stdout.split('\n').slice(1));
  });

  it('lists the tensors of a file with weights only, and says what to do', async () => {
    const { stdout, refusal } = await importing(pathOf('gru.pt'));
    expect(refusal).toBeNull();
    expect(stdout).toMatch(
      /format {3}pytorch\n[^]* gru.weight_ih_l0 +F32 +6x3\n[^]*importWeights\(model, bytes\)\n$/,
    );
  });

  it.each(Object.keys(programs))('proves the gradients of a checkpoint of %s', async (task) => {
    const { stdout, refusal } = await importing(`${task}.model`, '--check');
    expect(refusal).toBeNull();
    const weights = programs[task]![0]().parameters.list.length;
    expect(stdout.match(/ proven\n/g)).toHaveLength(weights);
    expect(stdout).not.toContain('WRONG');
  });

  it('draws the graph, and saves a checkpoint that exports as before', async () => {
    const file = pathOf('ours-lstm.safetensors');
    const { refusal } = await importing(file, '--picture', 'lstm.svg', '--out', 'lstm.model');
    expect(refusal).toBeNull();
    expect(readFileSync(at('lstm.svg'), 'utf8')).toMatch(/^<svg [^]*>h₄<[^]*Norm of[^]*<\/svg>\n$/);
    expect((await exporting('--load', 'lstm.model', '--to', 'pytorch', '--out', 'again')).refusal).toBeNull();
    expect(Buffer.compare(readFileSync(at('again')), readFileSync(file))).toBe(0);
  });

  it('says the same of a checkpoint as of the model in it', async () => {
    const { model, format } = await importModel(readFileSync(at('pos.model')), { kernels });
    const made = programs.pos![0]();
    expect({ format, said: saidBy(model), bits: bitsOf(model) }).toEqual({
      ...{ format: 'checkpoint', said: saidBy(made), bits: bitsOf(made) },
    });
  });

  it.each<[string, string[], RegExp]>([
    [
      'characters of a checkpoint',
      ['alice.model', '--trace', 'hat'],
      /symbols {2}10 characters of alice.model[^]*\n h .*\n a .*\n t /,
    ],
    [
      'words of a checkpoint, the unknown among them',
      ['sentiment.model', '--trace', "A good film isn't it"],
      /5 words of sentiment.model[^]* i .* f .* o [^]*\n A +0\.\d\d \(0\.\d\d\)[^]*\n film [^]*\n n't [^]*\n it /,
    ],
  ])('traces the gates over %s', async (_, args, shown) => {
    const { stdout, refusal } = await importing(...args);
    expect(refusal).toBeNull();
    expect(stdout).toMatch(shown);
  });

  it('reads a text by the codes of characters, or by a vocabulary in lines or JSON', async () => {
    const layers = [nn.embedding(2), nn.recurrent(nn.gru, { units: 2 })];
    const model = nn.createModel({ kernels, input: nn.oneHot(128), layers });
    writeFileSync(at('ascii'), await nn.encodeCheckpoint(nn.createTrainer(model, nn.sgd()), null));
    writeFileSync(at('lines.txt'), '[PAD]\n[UNK]\nthe\nmat\n');
    writeFileSync(at('list.json'), '["", "the", "mat"]');
    writeFileSync(at('object.json'), '{"the": 1, "mat": 2, "<unk>": 5}');
    const how = async (...args: string[]) => {
      const { stdout, refusal } = await importing('ascii', '--trace', ...args);
      return refusal ?? /symbols .*/.exec(stdout)![0];
    };
    expect(await how('the mat')).toBe('symbols  the code of each character; another: --vocabulary FILE');
    expect(await how('the cat', '--vocabulary', 'lines.txt')).toBe('symbols  4 words of lines.txt');
    expect(await how('The mat', '--vocabulary', 'list.json')).toBe('symbols  3 words of list.json');
    expect(await how('the cat', '--vocabulary', 'list.json')).toMatch(
      /^'cat' is not in the vocabulary of list.json/,
    );
    expect(await how('the cat', '--vocabulary', 'object.json')).toBe('symbols  6 words of object.json');
    expect(await how('Möwe')).toBe(
      "the model reads 128 symbols, and the file does not say which: 'ö' has the code 246; give them with --vocabulary FILE",
    );
  });

  it.each([
    [[pathOf('module.pt')], /its pickle asks for torch.nn.modules.linear.Linear, which is code/],
    [[pathOf('gru.pt'), '--check'], /gru.pt: it has only weights/],
    [
      [pathOf('ours-lstm.safetensors'), '--trace', 'hi'],
      /reads one symbol per step; this one reads 3 features/,
    ],
    [['pos.model', '--trace', 'hi'], /this one reads 5 symbols/],
    [['alice.model', '--trace', 'z'], /'z' is not in the vocabulary of alice.model/],
    [['alice.model', '--trace', ''], /--trace needs a text that is not empty/],
    [['alice.model', '--vocabulary', 'x'], /--vocabulary says how --trace reads/],
    [['alice.model', '--out', 'alice.model'], /name the same file/],
    [['alice.model', '--out', 'sentiment.model'], /sentiment.model exists already/],
    [['alice.model', '--picture', 'x.png'], /ends in .svg or .dot/],
    [['.'], /^. is a folder without model.json/],
  ])('refuses %j in one line', async (args, message) => {
    const { refusal, stdout } = await importing(...args);
    expect(refusal).toMatch(message);
    expect({ stdout, lines: refusal!.split('\n').length }).toEqual({ stdout: '', lines: 1 });
  });

  it('is a program of the command line', async () => {
    const { status, stdout, stderr } = await runTask(directory.path, ['import', 'electricity.model']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/ lstm +lstm, 32 units, dropout 0.2, returnSequences, stateful /);
  });
});
