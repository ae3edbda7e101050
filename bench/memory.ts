/**
 * `npm run bench:memory`: how much memory work takes when it is repeated. Each kind runs in a process of its
 * own; the peak after ten times is compared with the peak at the end.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  adam,
  createKernels,
  createModel,
  createTrainer,
  dense,
  features,
  fit,
  lstm,
  predict,
  recurrent,
  unroll,
  type Examples,
  type Kernels,
} from '../models/index.js';
import { digits, printTable } from './table.js';

const FIRST = 10;

interface Scenario {
  readonly title: string;
  readonly times: number;
  /** @returns the work of one time */
  readonly prepare: () => Promise<(n: number) => Promise<unknown>>;
}

const shape = { steps: 50, loss: 'softmaxCrossEntropy' } as const;

const createLstm = (kernels: Kernels) =>
  createModel({ kernels, input: features(32), layers: [recurrent(lstm, { units: 128 }), dense(10)] });

/** Examples of zeros: memory does not depend on what they hold. */
const zeros = (count: number): Examples => ({ count, write() {} });

const scenarios: Record<string, Scenario> = {
  fit: {
    title: 'fit for an epoch of 33 examples, the same model',
    times: 1000,
    async prepare() {
      const trainer = createTrainer(createLstm(await createKernels()), adam());
      const options = { batch: 16, unroll: shape, shuffle: null };
      return () => fit(trainer, zeros(33), { ...options, epochs: 1 });
    },
  },
  models: {
    title: 'fit for an epoch, a new model each time, given back',
    times: 1000,
    async prepare() {
      const kernels = await createKernels();
      return async () => {
        const model = createLstm(kernels);
        const options = { epochs: 1, batch: 16, unroll: shape, shuffle: null };
        await fit(createTrainer(model, adam()), zeros(33), options);
        model.dispose();
      };
    },
  },
  graphs: {
    title: 'a training step of a new graph each time, of 50 lengths, given back',
    times: 2000,
    async prepare() {
      const model = createLstm(await createKernels());
      const trainer = createTrainer(model, adam());
      return (n) => {
        const graph = unroll(model, { ...shape, batch: 16, steps: 5 + (n % 50) });
        trainer.step(graph);
        graph.dispose();
        return Promise.resolve();
      };
    },
  },
  predict: {
    title: 'predict a sequence, of 50 lengths',
    times: 20_000,
    async prepare() {
      const model = createLstm(await createKernels());
      const x = Array.from({ length: 50 }, () => new Array<number>(32).fill(1));
      return (n) => predict(model, [x.slice(0, 1 + (n % 50))]);
    },
  },
  trials: {
    title: 'a trial with kernels of its own, closed',
    times: 200,
    prepare: () =>
      Promise.resolve(async () => {
        const kernels = await createKernels();
        const model = createLstm(kernels);
        createTrainer(model, adam()).step(unroll(model, { ...shape, batch: 128 }));
        await kernels.close();
      }),
  },
};

/** Megabytes. */
const peak = () => process.resourceUsage().maxRSS / 1024;

async function measure({ times, prepare }: Scenario): Promise<void> {
  const work = await prepare();
  for (let n = 0; n < FIRST; n++) await work(n);
  const first = peak();
  for (let n = FIRST; n < times; n++) await work(n);
  console.log(`${first} ${peak()}`);
}

const wanted = process.argv[2];
if (wanted) await measure(scenarios[wanted]!);
else {
  const rows = Object.entries(scenarios).map(([name, { title, times }]) => {
    const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name], {
      encoding: 'utf8',
    });
    const [first, last] = stdout.split(' ').map(Number) as [number, number];
    return [title, String(times), digits(first), digits(last), (last / first).toFixed(2)];
  });
  printTable('Peak memory, MB', ['what', 'times', `after ${FIRST}`, 'at the end', 'times as much'], rows);
}
