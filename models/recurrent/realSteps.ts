/** Masks: which time steps of a batch are padding. */
import { rows, type Indices, type Tensor } from '../../engine/index.js';

/** Lengths are rounded up to one of 8 sizes, to keep the number of recorded plans small. */
const LENGTHS = 8;

/** A range that contains every step that is real in at least one row; all other steps are padding only. */
export interface RealSteps {
  /** From `begin` to `end`, exclusive. */
  begin: number;
  end: number;
  /** Rereads the mask. */
  update(): void;
  /** Selects the rows of these steps from a tensor of T·B rows. */
  of<N extends Tensor | Indices>(t: N): N;
  has(t: number): boolean;
}

/** @param mask 1 for a real step, [T·B]; null: all are real */
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
      // No step is real: keep one, all padding.
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
