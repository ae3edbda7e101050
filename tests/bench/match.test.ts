/** The bench page's comparison: who may compete, who is timed, and what is said of the others. */
import { describe, expect, it } from '@jest/globals';
import { startMatch, type Progress, type Row } from '../../bench/browser/match.js';
import type { WorkerLike } from '../../bench/browser/contender.js';
import { LOSSES, type FromWorker, type ToWorker } from '../../bench/browser/protocol.js';
import { DEFAULTS } from '../../bench/browser/settings.js';
import { BROWSER_COMPETITORS, type CompetitorId } from '../../bench/browser/competitors.js';

/** Answers a message, or says nothing. */
type Play = (message: ToWorker, say: (answer: FromWorker) => void) => void;

const ready: FromWorker = { type: 'ready', threads: 1, about: {} };

/** Enters with losses of 2, or others, and then takes turns of two samples. */
const plays =
  (loss = 2, losses = LOSSES): Play =>
  ({ type }, say) => {
    if (type === 'turn') return say({ type: 'samples', samples: [0.002, 0.004] });
    say(ready);
    for (let n = 0; n < losses; n++) say({ type: 'loss', loss, seconds: 7 });
  };

/** Workers that play by their competitor's id; all others play well. */
function setUp(cast: Partial<Record<CompetitorId, Play>>) {
  const seen: Progress[] = [];
  let open = 0;
  const sent: string[] = [];
  const newWorker = (): WorkerLike => {
    let play = plays();
    let isOver = false;
    open++;
    const worker: WorkerLike = {
      onmessage: null,
      onerror: null,
      postMessage(message) {
        if (message.type === 'enter') play = cast[message.id] ?? play;
        sent.push(message.type);
        const say = (data: FromWorker) => queueMicrotask(() => isOver || worker.onmessage?.({ data }));
        // One answer after another, as a worker's arrive.
        let before = Promise.resolve();
        play(message, (answer) => {
          before = before.then(() => new Promise((resolve) => setTimeout(resolve))).then(() => say(answer));
        });
      },
      terminate() {
        if (!isOver) open--;
        isOver = true;
      },
    };
    return worker;
  };
  const surroundings = {
    cores: 2,
    open: newWorker,
    watch: (progress: Progress) => void seen.push(progress),
    limits: { load: 0.5, steps: 0.5 },
    turn: 0.01,
  };
  const rowOf = (id: CompetitorId): Row => seen.at(-1)!.rows.find((row) => row.id === id)!;
  return { surroundings, rowOf, seen, sent, stillOpen: () => open };
}

const settings = { ...DEFAULTS, rounds: 2 };

describe('A comparison', () => {
  it('times all whose losses are equal, over all rounds but the warm-up', async () => {
    const { surroundings, seen, stillOpen } = setUp({});
    await startMatch(settings, surroundings).ended;
    const { rows, done } = seen.at(-1)!;
    expect(rows.map(({ id }) => id)).toEqual(BROWSER_COMPETITORS.map(({ id }) => id));
    for (const row of rows) {
      expect(row).toMatchObject({ state: 'equal', losses: [2, 2, 2], difference: 0 });
      expect(row.timing).toEqual({ median: 3, lower: 2, upper: 4, samples: 4 });
    }
    expect(done).toBe(1);
    expect(stillOpen()).toBe(0);
  });

  it.each<[string, Play, string]>([
    ['has other losses', plays(2.001), 'its losses differ, so it is not timed'],
    ['has no losses', plays(NaN), 'its losses differ, so it is not timed'],
    ['cannot start', (_, say) => say({ type: 'failed', reason: 'no device' }), 'no device'],
    ['is never loaded', () => {}, 'it was not loaded within 0.5 seconds'],
    ['takes too long for a step', (_, say) => say(ready), 'a step takes more than 0.5 seconds'],
    [
      'fails in a turn',
      (message, say) =>
        message.type === 'turn' ? say({ type: 'failed', reason: 'device lost' }) : plays()(message, say),
      'device lost',
    ],
    [
      'does not end its turn',
      (message, say) => message.type === 'enter' && plays()(message, say),
      'a turn took 0.5 seconds too long',
    ],
  ])('goes on without one that %s, and says why', async (_, play, reason) => {
    const { surroundings, rowOf, stillOpen } = setUp({ tfjsWasm1: play });
    await startMatch(settings, surroundings).ended;
    expect(rowOf('tfjsWasm1')).toMatchObject({ state: 'out', reason });
    expect(rowOf('tfjsWasm1').timing).toBeUndefined();
    expect(rowOf('tfjsCpu').timing).toMatchObject({ samples: 4 });
    expect(stillOpen()).toBe(0);
  });

  it('times one that is too slow for turns by its first step', async () => {
    const { surroundings, rowOf } = setUp({ tfjsCpu: plays(2, 1) });
    await startMatch(settings, surroundings).ended;
    expect(rowOf('tfjsCpu')).toMatchObject({ state: 'equal', losses: [2], once: 7 });
    expect(rowOf('tfjsCpu').timing).toEqual({ median: 7000, lower: 7000, upper: 7000, samples: 1 });
  });

  it('is refused without ours', async () => {
    const { surroundings } = setUp({ ours1: (_, say) => say({ type: 'failed', reason: 'no memory' }) });
    await expect(startMatch(settings, surroundings).ended).rejects.toThrow('ours, 1 thread: no memory');
  });

  it('ends at once when it is stopped, and keeps what it knows', async () => {
    const { surroundings, rowOf, stillOpen, sent } = setUp({ tfjsWasm1: () => match.stop() });
    const match = startMatch(settings, { ...surroundings, limits: { load: 60, steps: 60 } });
    await match.ended;
    expect(rowOf('ours1')).toMatchObject({ state: 'equal', losses: [2, 2, 2] });
    expect(rowOf('tfjsWasm1')).toMatchObject({ state: 'waiting' });
    expect(sent).toHaveLength(3);
    expect(stillOpen()).toBe(0);
  });
});
