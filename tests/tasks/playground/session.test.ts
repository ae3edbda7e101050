/** The page's training is that of `alice`: the same bits, and either continues what the other has saved. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKernels, decodeCheckpoint, type Kernels } from '../../../models/index.js';
import { alice } from '../../../tasks/alice/alice.js';
import { DEFAULTS, type Settings } from '../../../tasks/playground/state.js';
import type { FromWorker, ToWorker } from '../../../tasks/playground/protocol.js';
import { Playground } from '../../../tasks/playground/worker/playground.js';
import { Session } from '../../../tasks/playground/worker/session.js';
import { readText } from '../../../tasks/playground/worker/text.js';
import { taskCommand } from '../../../tasks/task/command.js';
import { runHere, temporaryDirectory } from '../run.js';

const TEXT = new TextEncoder().encode('The cat sat on the mat.\nThe dog ate it all!\n'.repeat(20));
const text = { source: 'text.txt', bytes: TEXT };
const settings: Settings = {
  ...DEFAULTS,
  cell: 'gru',
  units: 8,
  steps: 6,
  batch: 100,
  rate: 0.003,
  seed: 5,
  clip: 1,
};
const OPTIONS = ['--data', 'text.txt', '--cell', 'gru', '--units', '8', '--seqlen', '6', '--batch', '100'];
const MORE = ['--lr', '0.003', '--seed', '5', '--clip', '1', '--threads', '1'];
/** Batches of an epoch: the last one is smaller. */
const EPOCH = Math.ceil((readText(text, 6).ids.length - 6) / 100);

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
let kernels: Kernels;
beforeAll(async () => {
  writeFileSync(at('text.txt'), TEXT);
  kernels = await createKernels();
});
afterAll(async () => {
  directory.remove();
  await kernels.close();
});

const command = (...args: string[]) => runHere(directory.path, taskCommand(alice), args);
const weights = async (bytes: Uint8Array) => {
  const { tensors, steps } = await decodeCheckpoint(bytes, 'a checkpoint');
  return { steps, tensors: [...tensors].map(([name, { data }]) => [name, [...data]]) };
};

async function trainFor(session: Session, batches: number): Promise<void> {
  const stop = new AbortController();
  let count = 0;
  await session.train(stop.signal, () => {
    if (++count === batches) stop.abort();
  });
}

/** The page's worker, and what it has said. */
function playground() {
  const said: FromWorker[] = [];
  const worker = new Playground(
    (message) => said.push(message),
    () => createKernels(),
  );
  const send = (message: ToWorker) => worker.receive(message);
  const last = <T extends FromWorker['type']>(type: T) =>
    said.filter((message) => message.type === type).at(-1) as Extract<FromWorker, { type: T }> | undefined;
  return { said, send, last };
}

describe('a training on the page', () => {
  it('is continued by alice, with the bits of a training that never stopped', async () => {
    const session = new Session(kernels, settings, readText(text, 6), null);
    await trainFor(session, 3);
    writeFileSync(at('page.safetensors'), await session.save());
    const args = ['--load', 'page.safetensors', '--data', 'text.txt', '--threads', '1'];
    expect((await command(...args, '--epochs', '2', '--save', 'both.safetensors')).refusal).toBeNull();
    await command(...OPTIONS, ...MORE, '--epochs', '2', '--save', 'alice.safetensors');
    const [both, alone] = ['both', 'alice'].map((name) => readFileSync(at(`${name}.safetensors`)));
    expect(await weights(both!)).toEqual(await weights(alone!));
  });

  it('continues that of alice, with the same bits', async () => {
    await command(...OPTIONS, ...MORE, '--epochs', '1', '--save', 'one.safetensors');
    const { send, last } = playground();
    const bytes = new Uint8Array(readFileSync(at('one.safetensors')));
    await send({ type: 'import', generation: 1, bytes, source: 'one.safetensors', texts: [text] });
    expect(last('refused')).toBeUndefined();
    expect(last('ready')!.facts.settings).toMatchObject({
      cell: 'gru',
      units: 8,
      steps: 6,
      rate: 0.003,
      clip: 1,
    });
    expect(last('ready')!.step).toBe(EPOCH);
    await send({ type: 'step' });
    await send({ type: 'pause' });
    await send({ type: 'export' });
    const session = new Session(kernels, settings, readText(text, 6), null);
    await trainFor(session, EPOCH + 1);
    expect(await weights(last('exported')!.bytes)).toEqual(await weights(await session.save()));
  });

  it('takes exactly one batch when asked for one', async () => {
    const { send, last, said } = playground();
    await send({ type: 'start', generation: 1, settings, text });
    await send({ type: 'step' });
    await send({ type: 'pause' });
    expect(last('idle')!.step).toBe(1);
    expect(said.flatMap((message) => (message.type === 'progress' ? message.losses : []))).toHaveLength(1);
  });

  it('loses no click: what is asked for while a batch runs is done after it, and told of', async () => {
    const { send, said } = playground();
    await send({ type: 'start', generation: 1, settings, text });
    await Promise.all((['step', 'step', 'train', 'pause'] as const).map((type) => send({ type })));
    const idle = said.flatMap((message) => (message.type === 'idle' ? [message.step] : []));
    expect(idle.slice(0, 2)).toEqual([1, 2]);
    expect(idle).toHaveLength(3);
  });

  it('goes on while it is saved, without a word of a pause', async () => {
    const { send, said, last } = playground();
    await send({ type: 'start', generation: 1, settings, text });
    await send({ type: 'train' });
    await send({ type: 'export' });
    const { steps } = await decodeCheckpoint(last('exported')!.bytes, 'a checkpoint');
    expect(last('idle')).toBeUndefined();
    while (!said.some((message) => message.type === 'progress' && message.step > steps))
      await new Promise((resolve) => setImmediate(resolve));
    await send({ type: 'pause' });
    expect(last('idle')!.step).toBeGreaterThan(steps);
  });

  it('looks at the characters that it is given, and says how likely the next one was', async () => {
    const { send, last } = playground();
    await send({ type: 'start', generation: 1, settings, text });
    await send({ type: 'look', characters: 'the dog\u{1F600}' });
    const { look } = last('look')!;
    expect(look.characters).toBe('the dog');
    const p = look.probabilities[Array.from(look.vocabulary).indexOf('g')]!;
    expect(-Math.log2(p)).toBeCloseTo(look.loss, 4);
  });

  it('that diverges batch by batch ends with a sentence, too', async () => {
    const { send, last } = playground();
    const wild = { ...settings, cell: 'rnn' as const, radius: 1.5, rate: 1, clip: null };
    await send({ type: 'start', generation: 1, settings: wild, text });
    let batches = 0;
    for (; batches < 200 && !last('diverged'); batches++) {
      await send({ type: 'step' });
      await send({ type: 'pause' });
    }
    expect(last('diverged')!.why).toMatch(/^Training has diverged: for 20 batches/);
    expect(batches).toBeGreaterThanOrEqual(20);
  });

  it('that diverges ends with a sentence', async () => {
    const { send, last } = playground();
    await send({
      type: 'start',
      generation: 1,
      settings: { ...settings, cell: 'rnn', radius: 1.5, rate: 1, clip: null },
      text,
    });
    const training = send({ type: 'train' });
    await training;
    while (!last('idle')) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(last('diverged')!.why).toMatch(/diverged|infinite|finite|NaN/);
  });
});

describe('a text', () => {
  const given = (words: string) => ({ source: 'your text', bytes: new TextEncoder().encode(words) });

  it.each([
    ['empty', given(''), 'has no ASCII letters'],
    ['of emoji', given('\u{1F600}\u{1F601}'), 'has no ASCII letters'],
    ['of one character', given('a'), 'is too short'],
    ['of one character many times', given('a'.repeat(100)), 'nothing to predict'],
    ['of 5 MB', { source: 'your text', bytes: new Uint8Array(5_000_000).fill(97) }, 'has 5.0 MB'],
    ['that is binary', { source: 'your text', bytes: Uint8Array.of(97, 0, 98) }, 'a binary file, not text'],
  ])('%s is refused with a sentence, and the training before it goes on', async (_, wrong, said) => {
    const { send, last } = playground();
    await send({ type: 'start', generation: 1, settings, text });
    await send({ type: 'start', generation: 2, settings, text: wrong });
    expect(last('refused')!.what).toContain(said);
    expect(last('refused')!.what).toMatch(/^Your text\b.*\.$/);
    await send({ type: 'step' });
    await send({ type: 'pause' });
    expect(last('idle')).toMatchObject({ generation: 1, step: 1 });
  });

  it('of another training is asked for when its checkpoint is imported', async () => {
    const session = new Session(kernels, settings, readText(text, 6), null);
    const { send, last } = playground();
    const other = given('something else entirely, and long enough');
    await send({
      type: 'import',
      generation: 1,
      bytes: await session.save(),
      source: 'a.safetensors',
      texts: [other],
    });
    expect(last('refused')!.what).toContain('was trained on another text (text.txt)');
  });

  it('is no checkpoint: importing it is refused', async () => {
    const { send, last } = playground();
    await send({ type: 'import', generation: 1, bytes: TEXT, source: 'text.txt', texts: [text] });
    expect(last('refused')!.what).toContain('text.txt');
  });
});
