/** Masks: which time steps of a batch are padding. */
import { rows, type Indices, type Tensor } from '../../engine/index.js';

/** Lengths are rounded up to one of this many, to keep the number of recorded plans small. */
const LENGTHS = 8;

/** The steps that are real in at least one row; the steps outside are padding in all of them. */
export interface RealSteps {
  /** From `begin` to `end`, `end` not included. */
  begin: number;
  end: number;
  /** Reads the mask again. */
  update(): void;
  /** Of a tensor of T·B rows, the rows of these steps. */
  of<N extends Tensor | Indices>(t: N): N;
  has(t: number): boolean;
}

/** @param mask 1 where a step is real, [T·B]; null: all are */
export function createRealSteps(mask: Tensor | null, B: number, T: number): RealSteps {
  const grain = Math.ceil(T / LENGTHS);
  const isReal = (t: number) => {
    for (let m = t * B; m < (t + 1) * B; m++) if (mask!.data[mask!.offset + m] !== 0) return true;
    return false;
  };
  const real: RealSteps = {
    begin: 0,
    end: T,
    update() {
      if (!mask) return;
      let [from, to] = [0, T];
      while (from < T && !isReal(from)) from++;
      // Nothing is real: keep one step, all of whose rows are padding.
      if (from === T) [from, to] = [0, 1];
      else {
        while (!isReal(to - 1)) to--;
        [from, to] = [from - (from % grain), Math.min(T, Math.ceil(to / grain) * grain)];
      }
      [real.begin, real.end] = [from, to];
    },
    of: <N extends Tensor | Indices>(t: N) =>
      real.end - real.begin === T ? t : (rows(t as Tensor, real.begin * B, real.end * B) as N),
    has: (t) => t >= real.begin && t < real.end,
  };
  return real;
}
