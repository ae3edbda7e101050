/** A checkpoint that was imported, as the page's settings and the text that it was trained on. */
import { decodeCheckpoint, InputError } from '../../../models/index.js';
import { characterLayers, FIELDS, type AliceState } from '../../alice/model.js';
import type { Book } from '../../alice/windows.js';
import { requireState } from '../../common/taskState.js';
import type { TextBytes } from '../protocol.js';
import { complaint, DEFAULTS, type NumberName, type Settings } from '../state.js';
import type { Saved } from './session.js';
import { readText } from './text.js';

/**
 * @param texts the texts that the page has
 * @throws InputError when it is no checkpoint of `alice`, or of a model or text that the page has not
 */
export async function readSaved(
  bytes: Uint8Array,
  source: string,
  texts: readonly TextBytes[],
): Promise<{ saved: Saved; settings: Settings; book: Book; text: TextBytes }> {
  const checkpoint = await decodeCheckpoint(bytes, source);
  const state = requireState<AliceState>(checkpoint, source, 'alice', {
    fields: FIELDS,
    architecture: ({ settings, book }) => characterLayers(settings, book.vocabulary.length),
  });
  const { cell, units, layers, batch, seqlen, lr, clip, seed, validation } = state.settings;
  if (layers !== 1)
    throw new InputError(`${source} has ${layers} layers; the page shows models of one layer.`);
  if (validation !== 0)
    throw new InputError(`${source} holds out a part of its text; the page trains on all of it.`);
  if (state.settings.characters === 'all')
    throw new InputError(`${source} keeps characters that are not ASCII; the page drops them.`);
  const numbers = { units, batch, steps: seqlen, rate: lr, seed, ...(clip !== null && { clip }) };
  for (const [name, value] of Object.entries(numbers)) {
    const wrong = complaint(name as NumberName, value);
    if (wrong !== null) throw new InputError(`${source} cannot be shown: ${wrong}.`);
  }
  for (const [n, text] of texts.entries()) {
    const book = readText(text, seqlen);
    if (book.record.sha256 !== state.book.sha256) continue;
    const settings: Settings = { ...DEFAULTS, ...numbers, cell, clip, text: n === 0 ? 'alice' : 'own' };
    return { saved: { checkpoint, state, source }, settings, book, text };
  }
  throw new InputError(`${source} was trained on another text (${state.book.source}); give that text first.`);
}
