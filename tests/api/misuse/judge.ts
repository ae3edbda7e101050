/** Makes wrong calls of a function from a valid one, and judges how each is answered. */
import { DataError } from '../../../datasets/index.js';
import { InputError } from '../../../engine/index.js';
import { isOfEngine } from '../../engineErrors.js';
import { isCostly } from './isAllowed.js';
import { isOptional, isOptions, plainName, plainOptions, type Call } from './call.js';
import { wrongValuesFor } from './wrong.js';

/** A call with one wrong argument. */
interface WrongCall {
  /** The argument, and the option: `recurrent.options.units`. */
  readonly path: string;
  /** The name of the wrong value. */
  readonly value: string;
  readonly run: () => unknown;
  /** What the message must have one of. */
  readonly names: RegExp;
}

/** How a wrong call was answered: by an error of ours, or worse. */
export interface Answer {
  readonly path: string;
  readonly value: string;
  readonly says: 'ours' | 'nothing' | 'raw' | 'unnamed';
  readonly message: string;
}

/** All calls with one wrong argument or option, but those that would take long. */
export function* wrongCalls(name: string, make: () => Call): Generator<WrongCall> {
  for (const call of allCalls(name, make)) if (!isCostly(call.path, call.value)) yield call;
}

function* allCalls(name: string, make: () => Call): Generator<WrongCall> {
  for (const argument of Object.keys(make().args)) {
    const right = make().args[argument];
    for (const [value] of wrongValuesFor(right)) yield wrongCall(name, make, argument, null, value);
    if (!isOptions(right)) continue;
    for (const option of [...Object.keys(right), 'unknown']) {
      for (const [value] of wrongValuesFor(right[option])) {
        // An option that does not exist is one mistake, whatever its value.
        if (option !== 'unknown' || value === '0') yield wrongCall(name, make, argument, option, value);
      }
    }
  }
}

function wrongCall(
  name: string,
  make: () => Call,
  argument: string,
  option: string | null,
  value: string,
): WrongCall {
  const path = [name, argument, ...(option === null ? [] : [option])].map(plainName).join('.');
  const parts = [name.split('.').at(-1)!.replace(/\(.*/, ''), argument, option ?? argument].map(plainName);
  const { says } = make();
  const names = new RegExp(`\\b(${parts.join('|')})\\b${says ? `|${says.source}` : ''}`, 'i');
  const run = () => {
    const { run, args } = make();
    const wrong = (right: unknown) => wrongValuesFor(right).find(([one]) => one === value)![1];
    const values = Object.entries(args).map(([one, right]) => {
      if (one === argument && option === null) return wrong(right);
      if (!isOptions(right)) return right;
      return plainOptions(one === argument ? { ...right, [option!]: wrong(right[option!]) } : right);
    });
    return run(...(values as never[]));
  };
  return { path, value, run, names };
}

/** Whether a value is missing where it may be. */
export function mayBeMissing(call: Call, path: string, value: string, name: string): boolean {
  if (value !== 'missing') return false;
  return Object.entries(call.args).some(([argument, right]) => {
    const at = `${name}.${plainName(argument)}`;
    if (isOptional(argument) && at === path) return true;
    const optional = isOptions(right) ? Object.keys(right).filter(isOptional) : [];
    return optional.some((option) => `${at}.${plainName(option)}` === path);
  });
}

export async function judge({ path, value, run, names }: WrongCall): Promise<Answer> {
  try {
    await run();
    return { path, value, says: 'nothing', message: '' };
  } catch (error) {
    const { message } = error as Error;
    const isOurs = [RangeError, TypeError, InputError, DataError, Error].some(
      (kind) => (error as Error).constructor === kind,
    );
    const says = !isOurs || isOfEngine(message) ? 'raw' : names.test(message) ? 'ours' : 'unnamed';
    return { path, value, says, message };
  }
}
