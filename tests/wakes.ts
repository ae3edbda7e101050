/** Whether threads share work. */

/** How often another thread is woken while `work` runs. */
export function countWakes(work: () => unknown): number {
  const { notify } = Atomics;
  let count = 0;
  Atomics.notify = ((...args: Parameters<typeof notify>) => {
    count++;
    return notify(...args);
  }) as typeof notify;
  try {
    work();
  } finally {
    Atomics.notify = notify;
  }
  return count;
}
