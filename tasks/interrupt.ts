/** Ctrl-C: the first asks the run to stop after the step under way, the second ends the program at once. */

/** A signal that is aborted by SIGINT or SIGTERM. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
