/** The bench page: starts comparisons and draws what is known of them. All work is done by workers. */
import BenchWorker from 'virtual:bench-worker';
import { TOLERANCE } from '../steps/losses.js';
import { digits } from '../table.js';
import type { WorkerLike } from '../browser/contender.js';
import { startMatch, type Row } from '../browser/match.js';
import { resultsOf } from '../browser/results.js';
import { fromHash, toHash, type Settings } from '../browser/settings.js';
import { BROWSER_COMPETITORS } from '../browser/competitors.js';
import { copyText } from '../../tasks/playground/page/copy.js';
import { element } from '../../tasks/playground/page/dom.js';
import { createNotice } from '../../tasks/playground/page/notice.js';
import { createTheme } from '../../tasks/playground/page/theme.js';
import { superscript } from '../../tasks/playground/words.js';
import { createChart } from './chart.js';
import { createForm } from './form.js';
import { drawMachine, isolation, surrounding } from './machine.js';
import { bestOfOurs, drawLosses, drawTimes, nameOf } from './rows.js';

const notice = createNotice();
const chart = createChart();
const form = createForm(() => {
  remember();
  restart();
});
const [start, copy] = [element('start', 'button'), element('copy', 'button')];
let rows: readonly Row[] = [];
let measured: Settings | null = null;
let running: ReturnType<typeof startMatch> | null = null;
let wasHidden = false;

/** The address is that of what the form asks for, without a step in the history. */
const remember = () => history.replaceState(null, '', `#${toHash(form.settings())}`);

/** Empty tables, for those who are chosen. */
function restart(): void {
  const { competitors } = form.settings();
  measured = null;
  show(
    BROWSER_COMPETITORS.filter(({ id }) => competitors.includes(id)).map((one) => ({
      ...one,
      state: 'waiting',
    })),
  );
}

/** What disturbed the measurement, in sentences. */
function remarks(): string[] {
  const best = bestOfOurs(rows);
  const spread = rows.flatMap(({ timing }) =>
    timing ? [(timing.upper - timing.lower) / timing.median] : [],
  );
  const noisy = rows.filter(({ timing }) => timing && (timing.upper - timing.lower) / timing.median > 0.25);
  return [
    ...(best && rows.some(({ id, timing }) => timing && id.startsWith('tfjs'))
      ? [`Compared with the faster of ours: ${nameOf(best)}.`]
      : []),
    ...(noisy.length
      ? [
          `Noisy: the middle half of ${noisy.map(nameOf).join('; ')} is up to ${digits(100 * Math.max(...spread))} % wide. ` +
            'Other programs, or a warm processor? Close other tabs and take more rounds.',
        ]
      : []),
    ...(wasHidden ? ['This tab was hidden for a while, and browsers slow down tabs that are.'] : []),
  ];
}

function show(now: readonly Row[]): void {
  rows = now;
  drawLosses(rows);
  drawTimes(rows);
  chart.show(rows);
  drawMachine(rows);
  const lines = remarks();
  element('remarks').replaceChildren(
    ...lines.map((line) => Object.assign(document.createElement('li'), { textContent: line })),
  );
  const hasTimes = measured !== null && rows.some(({ losses }) => losses);
  copy.disabled = !hasTimes;
  element('json').textContent = hasTimes ? json() : 'Nothing has been measured.';
}

const json = () => JSON.stringify(resultsOf(measured!, rows, surrounding(), remarks()), null, 2);

const say = (line: string, done: number) => {
  element('line').textContent = line;
  element('progress', 'progress').value = done;
};

async function compare(): Promise<void> {
  if (!form.isValid()) return;
  notice.hide();
  restart();
  measured = form.settings();
  wasHidden = document.hidden;
  form.lock(true);
  start.textContent = 'Stop';
  let isStopped = false;
  const { cores } = surrounding();
  const match = startMatch(measured, {
    cores,
    open: () => new BenchWorker() as unknown as WorkerLike,
    watch(progress) {
      say(progress.line, progress.done);
      if (progress.rows !== rows) show(progress.rows);
    },
  });
  running = { ...match, stop: () => ((isStopped = true), match.stop()) };
  try {
    await match.ended;
    say(isStopped ? 'Stopped. The tables hold what was known by then.' : 'Done.', isStopped ? 0 : 1);
  } catch (error) {
    notice.say(`Nothing could be compared. ${(error as Error).message}.`, false);
    say('Nothing could be compared.', 0);
  }
  running = null;
  form.lock(false);
  start.textContent = 'Start';
}

function open(): void {
  const { settings, complaints } = fromHash(location.hash);
  running?.stop();
  form.set(settings);
  restart();
  const act = isolation();
  if (complaints.length) notice.say(complaints.join(' '), false);
  else if (act)
    notice.say('This page has no threads: its host does not isolate it across origins.', true, {
      label: 'Isolate it and reload',
      act,
    });
}

start.addEventListener('click', () => (running ? running.stop() : void compare()));
copy.addEventListener(
  'click',
  () => void copyText(notice, json(), 'The JSON is copied.', 'Copy the JSON below.'),
);
element('share').addEventListener('click', () => {
  remember();
  const copied = 'The link, which says what is compared and nothing of your machine, is copied.';
  void copyText(notice, location.href, copied, 'Copy the address of this page.');
});
document.addEventListener('visibilitychange', () => {
  if (running && document.hidden) wasHidden = true;
});
addEventListener('hashchange', open);
createTheme(chart.draw);
element('tolerance').textContent = `10${superscript(Math.log10(TOLERANCE))}`;
open();
