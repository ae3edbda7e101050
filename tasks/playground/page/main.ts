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
/** Of the last gradient. */
let norm: number | null = null;
/** Where the slider goes when the next training is ready. */
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
  restart: (settings) => void start(settings),
  adjust(settings) {
    send({ type: 'set', rate: settings.rate, clip: settings.clip });
    remember(settings);
  },
  askText: () => askText(),
  complain: (what) => (what === null ? notice.hide() : notice.say(what, false)),
});
const askText = createOwnText({
  useText(text) {
    own = text;
    void start({ ...controls.settings, text: 'own' });
  },
  useCheckpoint: (bytes, name) => void importCheckpoint(bytes, name),
});
createTheme(() => {
  for (const panel of [loss, reach, gates, graph]) panel.draw();
});

let book: Promise<TextBytes> | null = null;

/** The bundled book, fetched once. */
async function readBook(): Promise<TextBytes> {
  const response = await fetch(bookAddress);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { source: "Alice's Adventures in Wonderland", bytes };
}

/** Starts a new training, which is paused. */
async function start(settings: Settings): Promise<void> {
  let text: TextBytes;
  try {
    text = settings.text === 'own' && own ? own : await (book ??= readBook());
  } catch (error) {
    book = null;
    notice.say(`The book could not be loaded (${(error as Error).message}): give a text of your own.`, false);
    return;
  }
  const now: Settings = { ...settings, text: text === own ? 'own' : 'alice' };
  send({ type: 'start', generation: ++asked, settings: now, text });
}

async function importCheckpoint(bytes: Uint8Array, source: string): Promise<void> {
  const texts = [await (book ??= readBook()), ...(own ? [own] : [])];
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
  if (tourStop === null) remember(settings);
  else remember(settings, tourStop);
  tourStop = null;
}

/** The stop of the tour that the next training belongs to. */
let tourStop: number | null = null;

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
  URL.revokeObjectURL(link.href);
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
  const { settings, tour, complaints } = fromHash(location.hash);
  const stop = tour === null ? undefined : TOUR[tour - 1];
  tourStop = stop ? tour : null;
  share = stop?.share ?? null;
  controls.set(settings);
  if (complaints.length) notice.say(complaints.join(' '), false);
  else if (stop) notice.say(stop.says, true);
  else if (settings.text === 'own' && !own)
    notice.say(
      'This address goes with a text that stayed where it was shared. Give your own, or see Alice.',
      true,
    );
  else notice.hide();
  void start(settings);
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
