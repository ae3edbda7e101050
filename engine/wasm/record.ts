/**
 * Kernel calls written down instead of made: the module's functions are exchanged for others that note their
 * arguments. Shapes and places are checked as ever, once, on this occasion.
 */

/** A call of a function of the module. Addresses in bytes, strides in entries, flags as 0 and 1. */
export interface Call {
  readonly name: string;
  readonly args: readonly number[];
}

export type Functions = Record<string, (...args: number[]) => number | void>;

/** Thrown, and caught here, where the work does something that cannot be written down. */
const NOT_A_CALL = new Error('not a call of the module');

export interface Recorder {
  /** The functions to call: those of the module, or while a recording goes on, their stand-ins. */
  readonly functions: Functions & {
    /** To be called before numbers are changed other than by these functions. */
    leave(): void;
  };
  /** The calls that `work` makes; or null when it does something else too. */
  readonly record: (work: () => void) => Call[] | null;
}

/** @param names the functions whose calls can be written down; they return nothing, or -1 when all went well */
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
      return -1;
    };
  }

  return {
    functions,
    record(work) {
      calls = [];
      Object.assign(functions, standIns);
      try {
        work();
        return calls;
      } catch (error) {
        if (error === NOT_A_CALL) return null;
        throw error;
      } finally {
        Object.assign(functions, real);
      }
    },
  };
}
