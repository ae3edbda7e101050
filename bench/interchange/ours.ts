/** Reads the file in a process of its own, as pytorch.py does: see main.ts. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  createKernels,
  createModel,
  dense,
  embedding,
  lstm,
  oneHot,
  recurrent,
  type Tensor,
} from '../../models/index.js';
import { numbersOf } from '../../models/interchange/fileTensor.js';
import { exportModel, importWeights } from '../../models/interchange/index.js';
import { refusing } from '../../models/interchange/refusal.js';
import { readSafetensors } from '../../models/interchange/safetensorsFile.js';

const [what, path] = process.argv.slice(2) as [string, string];

/** The most memory so far, in megabytes. */
const peak = () => Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024;

const tensorsIn = (bytes: Uint8Array) =>
  new Map(
    readSafetensors(bytes, refusing(path)).tensors.map((t) => [
      t.name,
      numbersOf(t, new Float32Array(0), refusing(path)),
    ]),
  );

const digest = ({ data, offset, size }: Tensor) =>
  createHash('sha256')
    .update(data.subarray(offset, offset + size))
    .digest('hex');

const kernels = await createKernels();
const before = peak();
const read = what === 'model' ? readIntoModel() : readToTensors;
const start = performance.now();
const startCpu = process.cpuUsage();
const loaded = await read();
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(startCpu);
const most = peak();
const digests = Object.fromEntries([...(await loaded())].map(([name, t]) => [name, digest(t)]));
console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6, before, peak: most, digests }));
await kernels.close();

type Tensors = Map<string, Tensor>;

/** @returns what was read */
function readToTensors(): Promise<() => Promise<Tensors>> {
  const tensors = tensorsIn(readFileSync(path));
  // As pytorch.py does.
  if (what === 'tensors') {
    let sum = 0;
    for (const { data } of tensors.values()) for (let n = 0; n < data.length; n++) sum += data[n]!;
    if (Number.isNaN(sum)) throw new Error('a sum that is no number');
  }
  return Promise.resolve(() => Promise.resolve(tensors));
}

/** Makes a model. @returns what reads its weights */
function readIntoModel(): () => Promise<() => Promise<Tensors>> {
  const layers = [
    embedding(256),
    recurrent(lstm, { units: 1024, returnSequences: true }),
    recurrent(lstm, { units: 1024 }),
    dense(3600),
  ];
  const model = createModel({ kernels, input: oneHot(30_000), layers, seed: 1 });
  return async () => {
    await importWeights(model, readFileSync(path), { source: path });
    return async () => {
      const [written] = (await exportModel(model, 'pytorch')).values();
      // The second layer of nn.LSTM.
      const nameOf = (name: string) => name.replace(/^lstm2\.(.*)_l0$/, 'lstm.$1_l1');
      return new Map([...tensorsIn(written!)].map(([name, t]) => [nameOf(name), t]));
    };
  };
}
