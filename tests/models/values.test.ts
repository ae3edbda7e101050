/**
 * Losses, metrics and optimizers are values: those listed and those of a user all work directly.
 */
import { describe, expect, it } from '@jest/globals';
import * as nn from '../../models/index.js';
import { BAR, worstOf } from '../gradcheck/measured.js';
import { measureLosses } from '../gradcheck/losses.js';
import { allKernels, float64 } from '../kernels.js';
import { entries, vector } from '../tensors.js';

const unrolled = (k: nn.Kernels, loss: nn.UnrollOptions['loss']) => {
  const layers = [nn.recurrent(nn.rnn, { units: 3 }), nn.dense(1)];
  const model = nn.createModel({ kernels: k, input: nn.features(2), layers, seed: 1 });
  const graph = nn.unroll(model, { batch: 4, steps: 3, loss: loss ?? null });
  nn.normal(1)(graph.input as nn.Tensor, nn.createRandom(1));
  return graph;
};

function isRefused(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}

describe('a loss', () => {
  it.each(Object.keys(nn.losses) as nn.LossName[])('is given as a value or by its name: %s', (name) => {
    const [named, value] = [unrolled(float64, name), unrolled(float64, nn.losses[name])];
    expect(named.forward()).toBe(value.forward());
    expect(named.nodes.at(-1)!.name).toBe(name);
  });

  it('of an unknown name is refused, with the known names', () => {
    expect(() => unrolled(float64, 'mse' as nn.LossName)).toThrow(
      `there is no loss "mse"; there are ${Object.keys(nn.losses).join(', ')}`,
    );
  });

  const cube = (x: number, y: number) => Math.abs(x - y) ** 3;
  it('of a user passes the same check', () => {
    const own = nn.elementwiseLoss('cubed', (x, y) => ({
      loss: cube(x, y),
      derivative: 3 * (x - y) * Math.abs(x - y),
    }));
    expect(worstOf(measureLosses([own])).error).toBeLessThanOrEqual(BAR);
  });

  it('of a user with a wrong derivative is caught', () => {
    const wrong = nn.elementwiseLoss('wrong', (x, y) => ({ loss: cube(x, y), derivative: 3 * (x - y) ** 2 }));
    expect(worstOf(measureLosses([wrong])).error).toBeGreaterThan(1e-4);
  });
});

describe.each(allKernels)('on kernels.$name', ({ kernels: k }) => {
  it.each(Object.entries(nn.optimizers))('%s descends into a parabola', (_, create) => {
    const [w, g] = [vector(k, [1, -2, 3]), k.zeros(3)];
    const optimizer = create({ rate: 0.02 });
    const memory = optimizer.memory.map(() => k.zeros(3));
    for (let step = 1; step <= 600; step++) {
      g.data.set(w.data.map((value) => 2 * value));
      optimizer.update(k, w, g, memory, step);
    }
    const height = entries(w).reduce((sum, value) => sum + value ** 2, 0);
    expect(height).toBeLessThan((1 + 4 + 9) / 2);
  });

  it.each(Object.entries(nn.optimizers))('%s takes the learning rate from a schedule', (_, create) => {
    const rates = [0.1, 0.5, 0.2];
    const run = (optimizerAt: (step: number) => nn.Optimizer) => {
      const w = vector(k, [1, -2, 3]);
      const memory = optimizerAt(1).memory.map(() => k.zeros(3));
      for (let step = 1; step <= rates.length; step++)
        optimizerAt(step).update(k, w, vector(k, [1, 2, -1]), memory, step);
      return entries(w);
    };
    const scheduled = create({ rate: (step) => rates[step - 1]! });
    expect(run(() => scheduled)).toEqual(run((step) => create({ rate: rates[step - 1]! })));
  });

  it.each(Object.entries(nn.metrics))(
    '%s measures the same whenever it is asked, and changes nothing',
    (_, create) => {
      const metric = create();
      // Some measure classes, some targets.
      const graph = [unrolled(k, 'binaryCrossEntropy'), unrolled(k, 'softmaxCrossEntropy')].find((graph) => {
        graph.forward();
        return !isRefused(() => metric.measure(graph));
      })!;
      const before = [entries(graph.output), [...graph.labels!.data]];
      const sums = metric.measure(graph);
      expect(sums.every(Number.isFinite)).toBe(true);
      expect(Math.max(...sums)).toBeGreaterThan(0);
      expect(metric.measure(graph)).toEqual(sums);
      expect([entries(graph.output), [...graph.labels!.data]]).toEqual(before);
      expect(() => metric.measure({ ...graph, labels: null })).toThrow(RangeError);
    },
  );

  it('a metric is a mean over what counts, for any split into batches', () => {
    const graph = unrolled(k, 'binaryCrossEntropy');
    graph.labels!.data.set([1, 0, 1, 1]);
    graph.forward();
    const right = entries(graph.output).map((x, n) => Number((x > 0 ? 1 : 0) === graph.labels!.data[n]));
    const meter = nn.createMeter(nn.accuracy());
    meter.update(graph);
    graph.labels!.data.set([0, 1, 0, 0]);
    meter.update(graph);
    expect(right.some((one) => one === 1)).toBe(true);
    // The answer that is right for one label is wrong for the other.
    expect(meter.take()).toBe(0.5);
    expect(meter.take()).toBeNaN();
    const ones = nn.createMeter(nn.accuracy({ ignore: 0 }));
    ones.update(graph);
    expect(ones.take()).toBe(1 - right[1]!);
  });

  it("a user's metric may finish its mean: the root of a mean of squares", () => {
    const graph = unrolled(k, 'meanSquaredError');
    const rmse: nn.Metric = {
      name: 'rmse',
      measure: ({ output, labels }) => [
        entries(output).reduce((sum, x, n) => sum + (x - labels!.data[n]!) ** 2, 0),
        output.size,
      ],
      finish: ([sum, count]) => Math.sqrt(sum! / count!),
    };
    const loss = graph.forward();
    const meter = nn.createMeter(rmse);
    meter.update(graph);
    expect(meter.take()).toBeCloseTo(Math.sqrt(loss), 5);
  });
});
