/** Estimates how long a run takes. */

/** Seconds on two cores of an AMD EPYC: before the comparison and per round; the same for the peers. */
interface Cost {
  readonly before: number;
  readonly round: number;
  readonly peersBefore?: number;
  readonly peersRound?: number;
}

const STEP: Cost = { before: 3, round: 2.5, peersBefore: 30, peersRound: 2 };

/** The parts of the benchmark, in order. */
const COSTS: Readonly<Record<string, Cost>> = {
  matmul: { before: 10, round: 2.5 },
  kernels: { before: 2, round: 3 },
  alice: STEP,
  // tfjs cpu needs a minute and a half for its one step.
  sentiment: { ...STEP, before: 95, round: 1.5 },
  pos: { ...STEP, before: 10, round: 1, peersBefore: 45 },
  electricity: STEP,
  lstm128: { ...STEP, before: 10 },
  // tfjs wasm needs 40 seconds for its one step.
  lstm512: { ...STEP, before: 55, peersBefore: 60, peersRound: 4 },
  forward: { before: 1, round: 3.5, peersBefore: 10, peersRound: 3.5 },
  cells: { before: 2, round: 3 },
  threads: { before: 20, round: 8 },
  generate: { before: 1, round: 0.5 },
};

export const PARTS = Object.keys(COSTS);

export function describeDuration(parts: readonly string[], rounds: number, peers: boolean): string {
  const seconds = parts.reduce((sum, part) => {
    const { before, round, peersBefore = 0, peersRound = 0 } = COSTS[part]!;
    const ours = before + (rounds + 1) * round;
    return sum + ours + (peers ? peersBefore + (rounds + 1) * peersRound : 0);
  }, 0);
  const minutes = Math.ceil(seconds / 60);
  return `this takes about ${minutes} minute${minutes === 1 ? '' : 's'}`;
}
