/** Predicts in a process of its own, on request: see main.ts. */
import { createInterface } from 'node:readline';
import { createKernels, predict, type Model } from '../../models/index.js';
import { buildModel } from '../steps/model.js';
import type { NetworkSpec } from '../steps/specs.js';

interface Encoded {
  data: string;
}

const kernels = await createKernels({ threads: Number(process.argv[2]) });
let model: Model;
let x: { data: Int32Array; shape: number[] };
const run = () => predict(model, x, { loss: 'softmaxCrossEntropy' });

const bytes = ({ data }: Encoded) => Uint8Array.from(Buffer.from(data, 'base64')).buffer;

console.log('{}');
for await (const line of createInterface(process.stdin)) {
  const request = JSON.parse(line) as { step?: NetworkSpec; weights: Encoded[][]; input: Encoded };
  if (request.step) {
    const { steps: T, batch: N } = request.step;
    model = buildModel(kernels, request.step);
    for (const [n, weights] of request.weights.flat().entries())
      model.parameters.list[n]!.value.data.set(new Float32Array(bytes(weights)));
    const timeMajor = new Int32Array(bytes(request.input));
    // The sequences of a user come one after the other.
    const data = Int32Array.from({ length: N * T }, (_, m) => timeMajor[(m % T) * N + Math.floor(m / T)]!);
    x = { data, shape: [N, T] };
    const probabilities = (await run()).data as Float32Array;
    console.log(JSON.stringify({ probabilities: Buffer.from(probabilities.buffer).toString('base64') }));
  } else {
    const start = performance.now();
    await run();
    const seconds = (performance.now() - start) / 1000;
    console.log(JSON.stringify({ seconds, peak: process.resourceUsage().maxRSS / 1024 }));
  }
}
await kernels.close();
