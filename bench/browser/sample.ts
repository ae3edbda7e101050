/** Takes the samples of one turn. */

/**
 * Seconds per run. Each sample is a mean over an eighth of the turn, at least one run: clocks of browsers
 * tick as rarely as once in a millisecond.
 */
export async function sample(run: () => unknown, seconds: number): Promise<number[]> {
  const samples: number[] = [];
  const end = performance.now() + 1000 * seconds;
  do {
    const start = performance.now();
    const enough = start + (1000 * seconds) / 8;
    let runs = 0;
    do {
      await run();
      runs++;
    } while (performance.now() < enough);
    samples.push((performance.now() - start) / 1000 / runs);
  } while (performance.now() < end);
  return samples;
}
