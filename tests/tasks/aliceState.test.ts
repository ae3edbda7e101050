import { afterAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceKernels } from '../../engine/index.js';
import { createTrainer, encodeCheckpoint, initialFitState, InputError, rmsprop } from '../../models/index.js';
import { alice, CHAPTER } from '../../tasks/alice/alice.js';
import { characterModel } from '../../tasks/alice/model.js';
import { loadSaved } from '../../tasks/common/checkpoints.js';
import { temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
const path = join(directory.path, 'alice.checkpoint');
afterAll(() => directory.remove());

const good = {
  task: 'alice',
  settings: { ...CHAPTER, units: 4, seqlen: 4 },
  book: { source: 'abc.txt', sha256: 'abc', characters: 100, vocabulary: 'abc' },
  opening: 'abca',
  position: initialFitState,
  sampling: [1, 2, 3, 4],
  epochs: [],
};

async function load(state: unknown) {
  const model = characterModel(referenceKernels(Float32Array), good.settings, good.book.vocabulary.length);
  const trainer = createTrainer(model, rmsprop());
  writeFileSync(path, await encodeCheckpoint(trainer, state));
  return loadSaved(path, alice.name, alice);
}

describe('loadSaved(path, task, saving) of alice', () => {
  it('returns the state', async () => {
    expect((await load(good)).state).toEqual(good);
  });

  it.each([
    ['settings', { ...good, settings: undefined }],
    ['settings', { ...good, settings: { ...good.settings, units: '128' } }],
    ['settings', { ...good, settings: { ...good.settings, cell: 'toString' } }],
    ['book', { ...good, book: null }],
    ['position', { ...good, position: { ...initialFitState, order: [0, 0, 0, 0] } }],
    ['opening', { ...good, opening: 'abcd' }],
    ['opening', { ...good, opening: 7 }],
    ['sampling', { ...good, sampling: [1, 2, 3] }],
    ['epochs', { ...good, epochs: [{}] }],
  ])('refuses a state whose %s no run would write', async (field, state) => {
    await expect(load(state)).rejects.toThrow(new RegExp(`is damaged: its ${field} cannot be read`));
  });

  it.each([
    ['units', { units: 5000 }, 'for rnn.U it holds [3, 4], this model needs [3, 5000]'],
    ['units', { cell: 'lstm', units: 2 ** 52 }, 'is damaged: it is of no model'],
    ['layers', { layers: 50 }, 'for rnn2.U it holds nothing, this model needs [4, 4]'],
    ['layers', { layers: 3_000_000 }, 'is damaged: its settings cannot be read'],
  ])('refuses more %s than its weights are of, before it makes a model', async (_, settings, message) => {
    const call = load({ ...good, settings: { ...good.settings, ...settings } });
    await expect(call).rejects.toThrow(InputError);
    await expect(call).rejects.toThrow(message);
  });
});
