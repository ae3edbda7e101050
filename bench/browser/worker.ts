/** The worker of one competitor. A page can end it at any time, even in a step that takes minutes. */
import { onThreads } from '../kernelSets.js';
import { build } from '../steps/ours.js';
import { createTask } from '../steps/task.js';
import { BROWSER_COMPETITORS } from './competitors.js';
import { LOSSES, type Contestant, type FromWorker, type ToWorker } from './protocol.js';
import { sample } from './sample.js';
import { BROWSER_STEPS } from './steps.js';

/** What we use of a worker's global object. The compiler knows it as part of the DOM only. */
interface Scope {
  readonly crossOriginIsolated: boolean;
  onmessage: (event: { data: ToWorker }) => void;
  postMessage(message: FromWorker): void;
}

const scope = globalThis as unknown as Scope;
const say = (message: FromWorker) => scope.postMessage(message);

let contestant: Contestant;

async function enter({ id, step, cores }: Extract<ToWorker, { type: 'enter' }>): Promise<void> {
  const { onAllCores } = BROWSER_COMPETITORS.find((one) => one.id === id)!;
  if (onAllCores && cores < 2) throw new Error('this browser has one core only');
  if (onAllCores && !scope.crossOriginIsolated)
    throw new Error('threads need a page that is isolated across origins, and this one is not');
  const threads = onAllCores ? cores : 1;
  const task = createTask(BROWSER_STEPS.find((spec) => spec.id === step)!);
  if (id === 'ours1' || id === 'oursAll') {
    const { kernels } = await onThreads(threads);
    contestant = {
      threads: kernels.threads,
      about: { kernels: kernels.name },
      run: build(kernels, task).run,
    };
  } else {
    // Only here: whoever does not want tfjs does not load it.
    const { theirs } = await import('./tfjs.js');
    contestant = await theirs(id, task, threads);
  }

  say({ type: 'ready', threads: contestant.threads, about: contestant.about });
  for (let n = 0; n < LOSSES; n++) {
    const start = performance.now();
    const loss = await contestant.run();
    say({ type: 'loss', loss, seconds: (performance.now() - start) / 1000 });
  }
}

const takeTurn = async (seconds: number) =>
  say({ type: 'samples', samples: await sample(contestant.run, seconds) });

scope.onmessage = ({ data }) => {
  const answer = data.type === 'enter' ? enter(data) : takeTurn(data.seconds);
  answer.catch((error: unknown) =>
    // tfjs also throws objects that are no errors.
    say({ type: 'failed', reason: (error as { message?: string } | null)?.message ?? String(error) }),
  );
};
