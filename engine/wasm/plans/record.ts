/**
 * Records kernel calls instead of making them: the module's functions are replaced by stand-ins that store
 * their arguments. Shapes and addresses are checked once, while recording.
 */
import { closed } from '../platform/arena.js';

/** A call of a module function. Addresses in bytes, strides in entries, flags as 0 and 1. */
export interface Call {
  readonly name: string;
  readonly args: readonly number[];
}

export type Functions = Record<string, (...args: number[]) => number | void>;

/** Thrown and caught here, when the work does something that cannot be recorded. */
const NOT_A_CALL = new Error('not a call of the module');

export interface Recorder {
  /** The functions to call: those of the module or, while recording, their stand-ins. */
  readonly functions: Functions & {
    /** Must be called before anything but these functions changes numbers. */
    leave(): void;
  };
  /** The calls that `work` makes, or null if it does anything else. */
  readonly record: (work: () => number | void) => Call[] | null;
  /** From now on, all functions throw. */
  close(): void;
}

/** @param names the functions whose calls can be recorded; they return nothing, or -1 for success */
export function createRecorder(exports: Functions, names: readonly string[]): Recorder {
  const real = { ...exports, leave() {} };
  const functions = { ...real };
  let calls: Call[] = [];

  const standIns: Functions = {};
  for (const name of Object.keys(real)) {
    standIns[name] = () => {
      throw NOT_A_CALL;
    };
  }
  for (const name of names) {
    standIns[name] = (...args) => {
      calls.push({ name, args: args.map(Number) });
      return name === SUM_OF_LOSSES ? LOSS : -1;
    };
  }

  return {
    functions,
    close() {
      for (const name of Object.keys(real)) {
        real[name as 'leave'] = () => {
          throw closed();
        };
      }
      Object.assign(functions, real);
    },
    record(work) {
      calls = [];
      Object.assign(functions, standIns);
      try {
        return isReplayable(work(), calls) ? calls : null;
      } catch (error) {
        if (error === NOT_A_CALL) return null;
        throw error;
      } finally {
        Object.assign(functions, real);
      }
    },
  };
}

const SUM_OF_LOSSES = 'sumOfLosses';
/** Stands for the loss while a call is recorded. */
const LOSS = -0.123456789;

/** Work that computes with a loss, or has several, returns something that replaying its calls does not. */
function isReplayable(returned: number | void, calls: readonly Call[]): boolean {
  const losses = calls.filter(({ name }) => name === SUM_OF_LOSSES).length;
  return losses === 0 ? returned === undefined : losses === 1 && returned === LOSS;
}
