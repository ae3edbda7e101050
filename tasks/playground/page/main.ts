/** The page: it draws what the worker computes, and tells it what the visitor wants. */
import PlaygroundWorker from 'virtual:worker';
import bookAddress from 'virtual:book';
import type { Facts, FromWorker, TextBytes, ToWorker } from '../protocol.js';
import { fromHash, toHash, type Settings } from '../state.js';
import { TOUR, tourHash } from '../tour.js';
import { Controls } from './controls.js';
import { element } from './dom.js';
import { GatesPanel } from './gatesPanel.js';
import { GraphPanel } from './graphPanel.js';
import { createInspector } from './inspector.js';
import { createLossPanel } from './lossPanel.js';
import { createNotice } from './notice.js';
import { createOwnText } from './ownText.js';
import { createReachPanel } from './reachPanel.js';
import { createStatus } from './status.js';
import { createTheme } from './theme.js';
import { createWritingPanel } from './writingPanel.js';

const worker = new PlaygroundWorker();
const send = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);

/** The training that was last asked for, and the one that is shown: the other may be refused. */
let asked = 0;
let generation = 0;
let facts: Facts | null = null;
let isTraining = false;
let own: TextBytes | null = null;
/** A text that the worker has not yet taken: it may be refused, and the one before it stays. */
let offered: { generation: number; text: TextBytes } | null = null;
/** Of the last gradient. */
let norm: number | null = null;
/** The stop of the tour that a training belongs to. */
let tour: { generation: number; stop: number } | null = null;
/** Where the slider goes at the next look. */
let share: number | null = null;

const notice = createNotice();
const status = createStatus();
const loss = createLossPanel();
const reach = createReachPanel();
const writing = createWritingPanel((characters) => send({ type: 'look', characters }));
const inspector = createInspector((id, name, t, unit) => send({ type: 'check', id, name, t, unit }));
const gates = new GatesPanel((t) => graph.goTo(t));
const graph = new GraphPanel({ choose: (chosen) => inspector.show(chosen), move: (t) => gates.move(t) });
const controls = new Controls({
  restart(settings) {
    notice.hide();
    void start(settings);
  },
  adjust(settings) {
    const { rate, clip } = settings;
    send({ type: 'set', rate, clip });
    if (facts) facts = { ...facts, settings: { ...facts.settings, rate, clip } };
    remember(settings);
  },
  askText: () => askText(),
  complain: (what) => (what === null ? notice.hide() : notice.say(what, false)),
});
const askText = createOwnText({
  useText(text) {
    notice.hide();
    offered = { generation: ++asked, text };
    send({ type: 'start', generation: asked, settings: { ...controls.settings, text: 'own' }, text });
  },
  useCheckpoint(bytes, name) {
    notice.hide();
    void importCheckpoint(bytes, name);
  },
});
createTheme(() => {
  for (const panel of [loss, reach, gates, graph]) panel.draw();
});

let book: Promise<TextBytes> | null = null;

/** Fetches the bundled book. */
async function fetchBook(): Promise<TextBytes> {
  const response = await fetch(bookAddress);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { source: "Alice's Adventures in Wonderland", bytes };
}

/** The bundled book, fetched once; null, which the visitor is told, where it cannot be had. */
async function readBook(): Promise<TextBytes | null> {
  try {
    return await (book ??= fetchBook());
  } catch (error) {
    book = null;
    notice.say(`The book could not be loaded (${(error as Error).message}): give a text of your own.`, false);
    return null;
  }
}

/** Starts a new training, which is paused. @param stop of the tour, if it is one */
async function start(settings: Settings, stop: number | null = null): Promise<void> {
  const text = settings.text === 'own' && own ? own : await readBook();
  if (!text) return;
  const now: Settings = { ...settings, text: text === own ? 'own' : 'alice' };
  send({ type: 'start', generation: ++asked, settings: now, text });
  tour = stop === null ? null : { generation: asked, stop };
}

async function importCheckpoint(bytes: Uint8Array, source: string): Promise<void> {
  const alice = await readBook();
  if (!alice) return;
  const texts = [alice, ...(own ? [own] : [])];
  send({ type: 'import', generation: ++asked, bytes, source, texts });
}

/** Puts the settings into the address, without a step in the history. */
function remember(settings: Settings, tour: number | null = null): void {
  const hash = tour === null ? toHash(settings) : tourHash(tour);
  history.replaceState(null, '', `#${hash}`);
  markTour(tour);
}

function markTour(tour: number | null): void {
  document.querySelectorAll('#tour a').forEach((link, n) => {
    if (n + 1 === tour) link.setAttribute('aria-current', 'step');
    else link.removeAttribute('aria-current');
  });
}

function setTraining(now: boolean): void {
  isTraining = now;
  element('train').textContent = now ? 'Pause' : 'Train';
  element('one', 'button').disabled = now || !facts;
}

function ready(message: Extract<FromWorker, { type: 'ready' }>): void {
  facts = message.facts;
  const { settings, vocabulary, ghost } = facts;
  controls.set(settings);
  for (const id of ['train', 'export']) element(id, 'button').disabled = false;
  setTraining(false);
  norm = null;
  loss.restart(vocabulary.length, message.losses);
  writing.restart();
  gates.restart(settings.units, settings.cell);
  reach.restart(ghost, settings.radius);
  status.facts(facts);
  if (message.step) status.step(message.step);
  if (offered?.generation === message.generation) own = offered.text;
  const stop = tour?.generation === message.generation ? tour.stop : null;
  share = stop === null ? null : TOUR[stop - 1]!.share;
  remember(settings, stop);
}

function clipAndStart(): void {
  void start({ ...controls.settings, clip: 1, rate: Math.min(controls.settings.rate, 0.005) });
}

function receive(message: FromWorker): void {
  if (message.type === 'ready') generation = message.generation;
  if ('generation' in message && message.generation !== generation) return;
  switch (message.type) {
    case 'ready':
      return ready(message);
    case 'progress':
      norm = message.norm;
      loss.add(message.losses);
      return status.progress(message.step, message.epoch, loss.loss(), message.charactersPerSecond);
    case 'look':
      gates.show(message.look);
      graph.show(message.look);
      if (share !== null) graph.setShare(share);
      share = null;
      return;
    case 'reach':
      return reach.show(message.state, message.norms, norm, controls.settings.clip);
    case 'written':
      return writing.add(message.written);
    case 'idle':
      status.step(message.step);
      return setTraining(false);
    case 'diverged':
      setTraining(false);
      return notice.say(message.why, false, {
        label: 'Clip at 1, rate 0.005, start again',
        act: clipAndStart,
      });
    case 'checked':
      return inspector.answer(message.checked);
    case 'exported':
      return download(message.name, message.bytes);
    case 'refused':
      if (facts) controls.set(facts.settings);
      return notice.say(message.what, false);
  }
}

function download(name: string, bytes: Uint8Array): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  link.download = name;
  link.click();
  // Some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  notice.say(
    `${name} is saved. Continue it with Import, or with npm start -- alice --load ${name} --epochs 25.`,
    true,
  );
}

async function shareAddress(): Promise<void> {
  remember(controls.settings);
  const about = controls.settings.text === 'own' ? ' Your own text is not part of it.' : '';
  try {
    await navigator.clipboard.writeText(location.href);
    notice.say(`The address is copied.${about}`, true);
  } catch {
    notice.say(`Copy the address of this page.${about}`, true);
  }
}

/** Shows the state that the address describes. */
function open(): void {
  const { settings, tour: number, complaints } = fromHash(location.hash);
  const stop = number === null ? undefined : TOUR[number - 1];
  controls.set(settings);
  if (complaints.length) notice.say(complaints.join(' '), false);
  else if (stop) notice.say(stop.says, true);
  else if (settings.text === 'own' && !own)
    notice.say(
      'This address goes with a text that stayed where it was shared. Give your own, or see Alice.',
      true,
    );
  else notice.hide();
  void start(settings, stop ? number : null);
}

element('train').addEventListener('click', () => {
  if (isTraining) return send({ type: 'pause' });
  notice.hide();
  send({ type: 'train' });
  setTraining(true);
});
element('one').addEventListener('click', () => send({ type: 'step' }));
element('share').addEventListener('click', () => void shareAddress());
element('export').addEventListener('click', () => send({ type: 'export' }));
element('controls').addEventListener('submit', (event) => event.preventDefault());
element('tour').replaceChildren(
  ...TOUR.map(({ title }, n) => {
    const [item, link] = [document.createElement('li'), document.createElement('a')];
    link.href = `#${tourHash(n + 1)}`;
    link.textContent = `${n + 1} ${title}`;
    item.append(link);
    return item;
  }),
);
addEventListener('hashchange', open);
worker.onmessage = ({ data }: MessageEvent<FromWorker>) => receive(data);
worker.onerror = ({ message }) => notice.say(`The worker has stopped: ${message}. Reload the page.`, false);
open();
