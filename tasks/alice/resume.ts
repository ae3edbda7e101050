/** How the options of a continued run fit with its checkpoint. */
import { InputError } from '../../models/index.js';
import type { AliceSettings, SavedAlice } from './state.js';
import type { BookRecord } from './book.js';

/**
 * The settings to go on with: the saved ones, but for the learning rate and clipping, which may be given anew.
 * @param given the options that were named on the command line
 * @throws InputError when one of them would make another model or another course of training
 */
export function settingsToContinue(
  { path, state }: SavedAlice,
  given: Partial<AliceSettings>,
): AliceSettings {
  const { lr = state.settings.lr, clip = state.settings.clip, ...fixed } = given;
  for (const [name, value] of Object.entries(fixed)) {
    const saved = state.settings[name as keyof typeof fixed];
    if (value !== saved) {
      throw new InputError(`${path} was trained with --${name} ${saved}, not ${value}: leave the option out`);
    }
  }
  return { ...state.settings, lr, clip };
}

/** @throws InputError when the checkpoint was trained on another text */
export function requireSameBook({ path, state }: SavedAlice, book: BookRecord): void {
  if (state.book.sha256 !== book.sha256) {
    throw new InputError(
      `${path} was trained on another text (${state.book.source}, sha256 ${state.book.sha256.slice(0, 16)}...); ` +
        'name that one with --data, or start anew without --load',
    );
  }
}

/**
 * Without training there is no text to read and nothing to save.
 * @param given the options that were named on the command line
 * @throws InputError when one of them has no say in writing
 */
export function requireOnlyWriting(given: readonly string[]): void {
  const idle = ['data', 'save', 'lr', 'clip', 'graph'].find((name) => given.includes(name));
  if (idle) {
    throw new InputError(
      `--load with --generate only writes, without --${idle}: leave it out, or give --epochs to train`,
    );
  }
}
