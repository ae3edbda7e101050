import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { lstm, rnn } from '../../cells/index.js';
import { referenceKernels, InputError } from '../../engine/index.js';
import { decodeCheckpoint, dense, dropout, encodeCheckpoint, recurrent } from '../../models/index.js';
import { restoreTrainer, timeDistributed, type Layer } from '../../models/index.js';
import { encodeTensors } from '../../models/weights/safetensors.js';
import { entries } from '../tensors.js';
import { newTrainer, SYMBOLS, trainerOf } from './toyFit.js';

const trainer = newTrainer(referenceKernels(Float32Array), rnn);
const state = { task: 'toy', list: [1, 2, 3] };
const whole = await encodeCheckpoint(trainer, state);
const decoded = await decodeCheckpoint(whole, 'it');
const headerEnd = 8 + Number(new DataView(whole.buffer).getBigUint64(0, true));
const newLayers = () => [recurrent(rnn, { units: 5 }), dense(SYMBOLS)];

/** Most faults are placed in the header, where they could mislead. */
const place = fc.oneof(
  fc.integer({ min: 0, max: headerEnd - 1 }),
  fc.integer({ min: 0, max: whole.length - 1 }),
);

/** The checkpoint with part of its header's text replaced. */
function withHeader(from: RegExp, to: string): Uint8Array {
  const header = new TextDecoder().decode(whole.subarray(8, headerEnd));
  const bytes = new TextEncoder().encode(header.replace(from, to));
  const all = new Uint8Array(8 + bytes.length + whole.length - headerEnd);
  new DataView(all.buffer).setBigUint64(0, BigInt(bytes.length), true);
  all.set(bytes, 8);
  all.set(whole.subarray(headerEnd), 8 + bytes.length);
  return all;
}

describe('decodeCheckpoint(bytes, source)', () => {
  it('returns what was passed to encodeCheckpoint', async () => {
    const checkpoint = await decodeCheckpoint(whole, 'whole');
    expect(checkpoint.state).toEqual(state);
    const before = entries(trainer.model.parameters.values);
    trainer.model.parameters.values.data.fill(0);
    restoreTrainer(trainer, checkpoint, 'whole');
    expect(entries(trainer.model.parameters.values)).toEqual(before);
  });

  it('refuses any flipped bit and any truncation with an InputError', async () => {
    const flips = fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 });
    const damaged = fc.oneof(
      flips.map((list) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, bits] of list) bytes[at] = whole[at]! ^ bits;
        return bytes;
      }),
      place.map((length) => whole.slice(0, length)),
    );
    const refused = fc.asyncProperty(damaged, (bytes) =>
      decodeCheckpoint(bytes, 'it').then(
        () => false,
        (error) => error instanceof InputError,
      ),
    );
    await fc.assert(refused, { seed: 20, numRuns: 1000 });
  });

  it.each([
    ['an unknown type', /"F32"/, '"F16"', /damaged: its header entry for .* is invalid/],
    [
      'a shape that does not match its offsets',
      /"shape":\[\d+/,
      '"shape":[99',
      /damaged: its header entry for .* is invalid/,
    ],
    [
      'an offset that is not a number',
      /"data_offsets":\[0,/,
      '"data_offsets":[null,',
      /damaged: its header entry for .* is invalid/,
    ],
    ['a tensor that is null', /\{"dtype[^}]*\}/, 'null', /damaged: its header entry for .* is invalid/],
    [
      'an entry nested 5,000 deep',
      /"dtype":"F32",/,
      `"dtype":"F32","x":${'['.repeat(5000)}${']'.repeat(5000)},`,
      /damaged: its header entry for .* is invalid/,
    ],
    ['JSON that is broken', /"dtype"/, 'dtype', /damaged: its header cannot be read/],
    ['another state', /toy/, 'yot', /damaged: its checksum does not match/],
  ])('calls %s damaged', async (_, from, to, message) => {
    await expect(decodeCheckpoint(withHeader(from, to), 'it')).rejects.toThrow(message);
  });

  it('refuses layers that are nested 5,000 deep', async () => {
    const config = `${'{"kind":"residual","layer":'.repeat(5000)}null${'}'.repeat(5000)}`;
    const input = '{"kind":"features","width":1,"columns":1}';
    const model = `{"input":${input},"layers":[{"name":"a","config":${config}}]}`;
    const text = `{"steps":0,"noise":[1,2,3,4],"state":null,"model":${model}}`;
    const call = decodeCheckpoint(await encodeTensors([], text), 'it');
    await expect(call).rejects.toThrow(
      new InputError('it is damaged: its state cannot be read; use an earlier checkpoint'),
    );
  });

  it('reports a file that ends in its header or its numbers as truncated', async () => {
    const cut = (length: number) => decodeCheckpoint(whole.slice(0, length), 'it');
    await expect(cut(headerEnd - 1)).rejects.toThrow(/truncated: its header is incomplete/);
    await expect(cut(whole.length - 1)).rejects.toThrow(
      /truncated: \d+ bytes of numbers expected, \d+ found/,
    );
  });
});

describe('restoreTrainer(trainer, checkpoint, source)', () => {
  const kernels = referenceKernels(Float32Array);

  it('reads files of format 1, which do not say what the model was', async () => {
    const path = join(process.cwd(), 'tests', 'models', 'checkpoints', 'format1.safetensors');
    const old = await decodeCheckpoint(readFileSync(path), 'old');
    expect(old.model).toBeNull();
    const reader = newTrainer(kernels, rnn);
    const before = entries(reader.model.parameters.values);
    reader.model.parameters.values.data.fill(0);
    restoreTrainer(reader, old, 'old');
    expect(entries(reader.model.parameters.values)).toEqual(before);
  });

  it.each<[string, Layer[], string]>([
    ['units', [recurrent(rnn, { units: 6 }), dense(SYMBOLS)], 'layer rnn: units is 5 there, 6 here'],
    [
      'an option that no tensor shows',
      [recurrent(rnn, { units: 5, goBackwards: true }), dense(SYMBOLS)],
      'layer rnn: goBackwards is false there, true here',
    ],
    [
      'an activation',
      [recurrent(rnn, { units: 5 }), dense(SYMBOLS, { activation: 'relu' })],
      'layer dense: activation is "linear" there, "relu" here',
    ],
    [
      'what is inside a layer',
      [recurrent(rnn, { units: 5 }), timeDistributed(dense(SYMBOLS))],
      'layer dense: kind is "dense" there, "timeDistributed" here',
    ],
    ['a layer more', [...newLayers(), dense(SYMBOLS)], 'layer 3 is none there, dense2 here'],
    ['another cell', [recurrent(lstm, { units: 5 }), dense(SYMBOLS)], 'layer 1 is rnn there, lstm here'],
  ])('says which layer differs: %s', (_, layers, difference) => {
    const call = () => restoreTrainer(trainerOf(kernels, layers), decoded, 'it');
    expect(call).toThrow(new InputError(`it is from another model: ${difference}`));
  });

  it('does not mind what is only for training, when a layer answers, nor layers of one’s own', () => {
    const dropping = recurrent(rnn, { units: 5, recurrentDropout: 0.5, stateful: true });
    restoreTrainer(trainerOf(kernels, [dropping, dropout(0.5), dense(SYMBOLS)]), decoded, 'it');
    const answering = recurrent(rnn, { units: 5, returnSequences: true });
    restoreTrainer(trainerOf(kernels, [answering, dense(SYMBOLS)]), decoded, 'it');
    const own = [recurrent({ ...rnn }, { units: 5 }), dense(SYMBOLS)];
    restoreTrainer(trainerOf(kernels, own), decoded, 'it');
  });
});
