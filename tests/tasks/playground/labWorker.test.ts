/** A worker of the lab, without a worker: what it posts for what it is sent. And what is said of it. */
import { describe, expect, it } from '@jest/globals';
import { createKernels } from '../../../models/index.js';
import { ADDING, complaint, FLOWS, type Exhibit } from '../../../tasks/playground/lab/exhibit.js';
import { Lab } from '../../../tasks/playground/lab/lab.js';
import type { FromLab } from '../../../tasks/playground/lab/protocol.js';
import {
  factor,
  flowSentence,
  followLearning,
  learningSentence,
  UNTRAINED,
} from '../../../tasks/playground/lab/words.js';

const SMALL: Exhibit = { ...ADDING, steps: 6, units: 8 };

/** A lab that has opened an exhibit, and all that it posts. */
async function opened(exhibit: Exhibit, onPost: (message: FromLab, lab: Lab) => void = () => {}) {
  const posted: FromLab[] = [];
  const post = (message: FromLab) => {
    posted.push(message);
    onPost(message, lab);
  };
  const lab: Lab = new Lab(post, () => createKernels({ threads: 1 }));
  await lab.receive({ type: 'open', generation: 1, exhibit });
  return { lab, posted };
}

/** Sends messages, all at once, and waits until each request to train has ended. */
async function ended(lab: Lab, posted: readonly FromLab[], ...types: ('train' | 'step')[]) {
  const idle = () => posted.filter(({ type }) => type === 'idle').length;
  const wanted = idle() + types.length;
  await Promise.all(types.map((type) => lab.receive({ type })));
  while (idle() < wanted) await new Promise((resolve) => setImmediate(resolve));
}

const typesOf = (posted: readonly FromLab[]) => posted.map(({ type }) => type);
const lossesIn = (posted: readonly FromLab[]) =>
  posted.flatMap((message) => (message.type === 'losses' ? message.losses : []));

describe('a worker of the lab', () => {
  it('trains one batch when asked for one', async () => {
    const { lab, posted } = await opened(SMALL);
    await ended(lab, posted, 'step');
    await ended(lab, posted, 'step');

    expect(typesOf(posted)).toEqual(['ready', 'losses', 'idle', 'losses', 'idle']);
    expect(lossesIn(posted).map(([step]) => step)).toEqual([1, 2]);
    expect(posted.at(-1)).toMatchObject({ step: 2, isOver: false });
  });

  it('loses no click: what is asked for while a batch runs is done after it', async () => {
    const { lab, posted } = await opened(SMALL, (message, lab) => {
      if (message.type === 'losses' && message.losses.at(-1)![0] > 3) void lab.receive({ type: 'pause' });
    });
    await ended(lab, posted, 'step', 'step', 'step', 'train');
    const idle = posted.flatMap((message) => (message.type === 'idle' ? [message.step] : []));
    expect(idle.slice(0, 3)).toEqual([1, 2, 3]);
    expect(idle[3]).toBeGreaterThan(3);
  });

  it('trains until it is paused, and goes on from there', async () => {
    const { lab, posted } = await opened(SMALL, (message, lab) => {
      if (message.type === 'losses') void lab.receive({ type: 'pause' });
    });
    await ended(lab, posted, 'train');
    await ended(lab, posted, 'train');

    const steps = lossesIn(posted).map(([step]) => step);
    expect(steps).toEqual(steps.map((_, n) => n + 1));
    expect(typesOf(posted).filter((type) => type === 'idle')).toHaveLength(2);
  });

  it('starts again with the same losses, under a new number', async () => {
    const { lab, posted } = await opened(SMALL);
    await ended(lab, posted, 'step');
    await lab.receive({ type: 'open', generation: 2, exhibit: SMALL });
    await ended(lab, posted, 'step');

    const [one, other] = lossesIn(posted);
    expect(other).toEqual(one);
    expect(posted.at(-1)!.generation).toBe(2);
  });

  it('opens only the last of several exhibits that it is sent at once', async () => {
    const { lab, posted } = await opened(SMALL);
    await Promise.all(
      [2, 3, 4].map((generation) => lab.receive({ type: 'open', generation, exhibit: SMALL })),
    );
    const ready = posted.filter(({ type }) => type === 'ready');
    expect(ready.map(({ generation }) => generation)).toEqual([1, 4]);
  });

  it('shows the gradients of all networks before training and after', async () => {
    const { lab, posted } = await opened({ ...FLOWS, steps: 6 });
    await ended(lab, posted, 'step');
    const flows = posted.flatMap((message) => (message.type === 'flows' ? [message] : []));
    expect(flows.map(({ step }) => step)).toEqual([0, 1]);
    expect(flows[0]!.flows.map((flow) => Object.keys(flow))).toEqual([['h'], ['h', 'c'], ['h']]);
    expect(flows[0]!.flows[0]).not.toEqual(flows[1]!.flows[0]);
  });

  it('says which networks have diverged, and why, and ends when all have', async () => {
    const cells = ['rnn', 'lstm'] as const;
    const { lab, posted } = await opened({ ...ADDING, cells, steps: 50, units: 64, rate: 1e30, clip: null });
    await ended(lab, posted, 'train');
    const diverged = posted.flatMap((message) => (message.type === 'diverged' ? [message] : []));
    expect(diverged.map(({ network }) => network).sort()).toEqual([0, 1]);
    for (const { why } of diverged) expect(why).toMatch(/loss is (Infinity|NaN) at step/);
    expect(lossesIn(posted).at(-1)!.slice(1)).toContainEqual(NaN);
    expect(posted.at(-1)).toMatchObject({ type: 'idle', isOver: true });
  });
});

describe('what the lab says', () => {
  it.each([
    [UNTRAINED, 'The LSTM has not been trained.'],
    [
      { now: 0.17, since: null, batches: 40 },
      'has learned nothing yet: its error is 0.170, it errs as much as',
    ],
    [{ now: 0.5, since: null, batches: 3 }, 'it errs more than always answering 1'],
    [
      { now: 0.0042, since: 1204, batches: 1300 },
      'below the baseline since batch 1,204: its error is 0.0042',
    ],
  ])('of a network: %j', (learning, sentence) => {
    expect(learningSentence('LSTM', learning, 1 / 6)).toContain(sentence);
  });

  it('follows learning: below the baseline when the mean of twenty batches is', () => {
    const follow = followLearning(1);
    const losses = [...Array<number>(30).fill(1), ...Array<number>(30).fill(0.1)];
    const seen = losses.map((loss, n) => follow(n + 1, loss));
    expect(seen[29]).toMatchObject({ since: null, batches: 30 });
    expect(seen.at(-1)!.since).toBe(seen.findIndex(({ since }) => since !== null) + 1);
    expect(seen.at(-1)!.now).toBeCloseTo(0.1);
  });

  it.each([
    [1e-9, 'GRU 1.0·10⁻⁹, vanished'],
    [0.01, 'GRU 0.01, fading'],
    [0.8, 'GRU 0.8, arriving'],
    [140, 'GRU 140, exploding'],
  ])('of a gradient, a share of %d', (share, sentence) => {
    expect(flowSentence('GRU', [1, 1, share], 2)).toBe(sentence);
  });

  it('of a share of 0: nothing is left', () => {
    expect(factor(0)).toBe('0');
  });

  it.each([
    ['steps', 60, null],
    ['steps', 1, 'The steps must be a whole number from 2 to 200, not 1.'],
    ['units', 8.5, 'The units must be a whole number from 4 to 128, not 8.5.'],
    ['rate', NaN, 'The rate must be a number from 0.00001 to 1, not empty.'],
  ] as const)('of %s %d: %s', (name, value, sentence) => {
    expect(complaint(name, value)).toBe(sentence);
  });
});
