/** The lab of the page: what it trains and shows is what the command line trains and prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createKernels, type Kernels } from '../../../models/index.js';
import { addingModel, addingProblem } from '../../../tasks/common/addingProblem.js';
import type { Problem } from '../../../tasks/common/problem.js';
import { trainEpochs } from '../../../tasks/common/training.js';
import { gradientFlow } from '../../../tasks/lab/gradientFlow.js';
import { initialization } from '../../../tasks/lab/initialization.js';
import { ADDING, FLOWS, SIZES, TOPOLOGY_NAMES } from '../../../tasks/playground/lab/exhibit.js';
import { createNetworks, createStep } from '../../../tasks/playground/lab/networks.js';
import { topologyCommand } from '../../../tasks/topologies/command.js';
import { topologies } from '../../../tasks/topologies/topologies.js';
import type { Topology } from '../../../tasks/topologies/topology.js';
import { runHere, temporaryDirectory } from '../run.js';

let kernels: Kernels;
beforeAll(async () => {
  kernels = await createKernels({ threads: 1 });
});
afterAll(() => kernels.close());

/** The losses of the first batches, as the command line trains. */
async function lossesOfCommand({ trainer, ...problem }: Problem, count: number): Promise<number[]> {
  const losses: number[] = [];
  const step = trainer.step.bind(trainer);
  trainer.step = (graphs) => {
    const loss = step(graphs);
    losses.push(loss);
    return loss;
  };
  const training = { ...problem.training, count: count * problem.batch };
  const epochs = { ...problem, training, epochs: 1, validation: null };
  const silent = [
    jest.spyOn(console, 'log').mockImplementation(() => {}),
    jest.spyOn(process.stderr, 'write').mockReturnValue(true),
  ];
  await trainEpochs(trainer, epochs);
  for (const one of silent) one.mockRestore();
  return losses;
}

const lossesOf = (step: () => number, count: number) => Array.from({ length: count }, step);

describe('the adding problem', () => {
  it.each(ADDING.cells)('has the losses of the command line: %s', async (cell) => {
    const { steps, seed, units, rate, clip } = ADDING;
    const model = addingModel(kernels, cell, seed, units);
    const expected = await lossesOfCommand(addingProblem(model, { steps, seed, rate, clip }), 5);
    const { all, baseline } = createNetworks(kernels, { ...ADDING, cells: [cell] });

    expect(lossesOf(() => all[0]!.step(), 5)).toEqual(expected);
    expect(baseline).toBeCloseTo(0.1667, 4);
  });

  it('has the loss that npm start -- topology adding prints for an epoch', async () => {
    const directory = temporaryDirectory();
    const line = 'adding --size 4 --epochs 1 --cell rnn --seed 3 --json results.json';
    const { refusal } = await runHere(directory.path, topologyCommand(), line.split(' '));
    const file = readFileSync(join(directory.path, 'results.json'), 'utf8');
    directory.remove();
    expect(refusal).toBeNull();
    const { epochs } = JSON.parse(file) as { epochs: { loss: number; steps: number }[] };

    const problem = { ...ADDING, cells: ['rnn'] as const, steps: 4, units: 64, rate: 0.002, seed: 3 };
    const [network] = createNetworks(kernels, problem).all;
    const losses = lossesOf(() => network!.step(), epochs[0]!.steps);
    expect(losses.reduce((a, b) => a + b) / losses.length).toBeCloseTo(epochs[0]!.loss, 10);
  });

  it('gives two networks the same numbers: with the same cell they have the same losses', () => {
    const { all } = createNetworks(kernels, { ...ADDING, cells: ['gru', 'gru'], steps: 10 });
    const [one, other] = all.map((network) => lossesOf(() => network.step(), 3));
    expect(one).toEqual(other);
  });
});

describe('the gradient before training', () => {
  it.each(FLOWS.cells)('is that of the lab: %s', (cell) => {
    const { seed, steps } = FLOWS;
    const { all } = createNetworks(kernels, { ...FLOWS, cells: [cell], radius: null, bias: null });
    expect(all[0]!.flow!()).toEqual(gradientFlow(addingModel(kernels, cell, seed), { steps, seed }));
  });

  it.each([
    ['rnn', 'h', { radius: 1.5 }, 'radius1.5'],
    ['rnn', 'h', { radius: 0.5 }, 'radius0.5'],
    ['lstm', 'c', { bias: 3 }, 'forgetBias3'],
    ['lstm', 'c', { bias: 0 }, 'forgetBias0'],
  ] as const)('of %s in %s follows its slider: %j', (cell, state, start, name) => {
    const { final } = initialization(kernels, { ...FLOWS, epochs: 1 });
    const { all } = createNetworks(kernels, { ...FLOWS, cells: [cell], ...start });
    const norms = all[0]!.flow!()[state]!;
    expect(norms[Math.round(0.9 * FLOWS.steps)]! / norms[1]!).toBe(final[name]);
  });
});

describe.each(TOPOLOGY_NAMES)('the arrangement %s', (name) => {
  const exhibit = { kind: 'topology', name, cell: 'gru', seed: 2 } as const;

  it('has the losses of the command line', async () => {
    const topology: Topology = topologies[name];
    const { defaults } = topology;
    const settings = {
      cell: 'gru',
      epochs: defaults.epochs,
      size: SIZES[name] ?? defaults.size,
      seed: 2,
    } as const;
    // All examples are shuffled, so all are needed.
    const { problem } = topology.create(kernels, settings);
    const isShuffled = problem.shuffle !== null;
    const count = isShuffled ? problem.training.count / problem.batch : 3;
    const expected = await lossesOfCommand(problem, count);
    const { all } = createNetworks(kernels, exhibit);

    expect(lossesOf(() => all[0]!.step(), 3)).toEqual(expected.slice(0, 3));
  });

  it('shows an example, its right answer, and what it says', async () => {
    const { all, batches } = createNetworks(kernels, exhibit);
    const answered = await all[0]!.answer!();
    const T = answered.reads.length;

    for (const part of [answered.right, answered.says, answered.norms]) expect(part).toHaveLength(T);
    expect(answered.reads.join('')).not.toBe('');
    expect(answered.right.join('')).not.toBe('');
    expect(Math.max(...answered.norms)).toBeGreaterThan(0);
    expect(batches).toBeGreaterThan(500);
  });
});

it('spells right what it has learned to spell', async () => {
  const { problem, example } = topologies.label.create(kernels, { cell: 'gru', epochs: 1, size: 5, seed: 0 });
  const step = createStep(problem);
  lossesOf(step, 150);
  const { reads, right, says } = await example();
  expect(reads[0]).toBe('4');
  expect(right.join('')).toBe('four');
  expect(says).toEqual(right);
});
