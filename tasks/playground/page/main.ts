/** The page: it draws what the worker computes, and tells it what the visitor wants. */
import PlaygroundWorker from 'virtual:worker';
import type { Facts, FromWorker, Look, ToWorker } from '../protocol.js';
import type { Settings } from '../state.js';
import { TOUR } from '../tour.js';
import { Address } from './address.js';
import { Controls } from './controls.js';
import { copyText } from './copy.js';
import { download, element } from './dom.js';
import { FilePanel } from './filePanel.js';
import { GatesPanel } from './gatesPanel.js';
import { createGiven } from './given.js';
import { GraphPanel } from './graphPanel.js';
import { createInspector } from './inspector.js';
import { createLossPanel } from './lossPanel.js';
import { createNotice } from './notice.js';
import { createReachPanel } from './reachPanel.js';
import { Run } from './run.js';
import { createStatus } from './status.js';
import { Texts } from './texts.js';
import { createTheme } from './theme.js';
import { createWritingPanel } from './writingPanel.js';

const worker = new PlaygroundWorker();
const send = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);

let facts: Facts | null = null;
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
const file = new FilePanel({
  view: (view) => send({ type: 'view', view }),
  close: () => send({ type: 'look', characters: null }),
});
const inspector = createInspector((id, name, t, unit) => send({ type: 'check', id, name, t, unit }));
const gates = new GatesPanel((t) => graph.goTo(t));
const graph = new GraphPanel({ choose: (chosen) => inspector.show(chosen), move: (t) => gates.move(t) });
const texts = new Texts((what) => notice.say(what, false));
const address = new Address(open);
const run = new Run((state) => {
  element('train').textContent = state === 'training' ? 'Pause' : 'Train';
  element('train', 'button').disabled = state === 'none';
  element('export', 'button').disabled = state === 'none';
  element('one', 'button').disabled = !run.canTrain;
});
const controls = new Controls({
  restart(settings) {
    notice.hide();
    void start(settings);
  },
  adjust(settings) {
    const { rate, clip } = settings;
    send({ type: 'set', rate, clip });
    if (facts) facts = { ...facts, settings: { ...facts.settings, rate, clip } };
    address.write(settings);
  },
  askText: () => askText(),
  complain: (what) => (what === null ? notice.hide() : notice.say(what, false)),
});
const askText = createGiven({
  useText(text) {
    notice.hide();
    const generation = run.ask();
    texts.offer(generation, text);
    send({ type: 'start', generation, settings: { ...controls.settings, text: 'own' }, text });
  },
  useCheckpoint(bytes, name) {
    notice.hide();
    void importCheckpoint(bytes, name);
  },
  useModel(files) {
    notice.hide();
    send({ type: 'open', files });
  },
});

createTheme(() => {
  for (const panel of [loss, reach, gates, graph]) panel.draw();
});

/** Starts a new training, which is paused. @param stop of the tour, if it is one */
async function start(settings: Settings, stop: number | null = null): Promise<void> {
  const own = settings.text === 'own' ? texts.own : null;
  const text = own ?? (await texts.book());
  if (!text) return;
  const now: Settings = { ...settings, text: own ? 'own' : 'alice' };
  const generation = run.ask();
  send({ type: 'start', generation, settings: now, text });
  tour = stop === null ? null : { generation, stop };
}

async function importCheckpoint(bytes: Uint8Array, source: string): Promise<void> {
  const book = await texts.book();
  if (!book) return;
  const known = [book, ...(texts.own ? [texts.own] : [])];
  send({ type: 'import', generation: run.ask(), bytes, source, texts: known });
}

function ready(message: Extract<FromWorker, { type: 'ready' }>): void {
  facts = message.facts;
  const { generation, losses, step } = message;
  const { settings, vocabulary, ghost } = facts;
  run.open(generation);
  controls.set(settings);
  norm = null;
  loss.restart(vocabulary.length, losses);
  writing.restart();
  file.hide();
  reach.restart(ghost, settings.radius);
  status.facts(facts);
  if (step) status.step(step);
  texts.accept(generation);
  const stop = tour?.generation === generation ? tour.stop : null;
  share = stop === null ? null : TOUR[stop - 1]!.share;
  address.write(settings, stop);
}

function showLook(look: Look): void {
  gates.show(look);
  graph.show(look);
}

function refused({ generation, what }: Extract<FromWorker, { type: 'refused' }>): void {
  run.refuse(generation);
  if (facts) controls.set(facts.settings);
  notice.say(what, false);
}

function clipAndStart(): void {
  void start({ ...controls.settings, clip: 1, rate: Math.min(controls.settings.rate, 0.005) });
}

function receive(message: FromWorker): void {
  if (message.type === 'ready') return ready(message);
  if (message.type === 'refused') return refused(message);
  if ('generation' in message && !run.isShown(message.generation)) return;
  switch (message.type) {
    case 'progress':
      norm = message.norm;
      loss.add(message.losses);
      return status.progress(message.step, message.epoch, loss.loss(), message.charactersPerSecond);
    case 'opened':
      return file.show(message.file, message.text);
    case 'viewed':
      return showLook(message.look);
    case 'look':
      if (file.isOpen) return;
      showLook(message.look);
      if (share !== null) graph.setShare(share);
      share = null;
      return;
    case 'reach':
      return reach.show(message.state, message.norms, norm, controls.settings.clip);
    case 'written':
      return writing.add(message.written);
    case 'idle':
      status.step(message.step);
      return run.end();
    case 'diverged':
      return notice.say(message.why, false, {
        label: 'Clip at 1, rate 0.005, start again',
        act: clipAndStart,
      });
    case 'checked':
      return inspector.answer(message.checked);
    case 'exported':
      download(message.name, message.bytes);
      return notice.say(
        `${message.name} is saved. Continue it with Import, or with npm start -- alice --load ${message.name} --epochs 25.`,
        true,
      );
  }
}

async function shareAddress(): Promise<void> {
  address.write(controls.settings);
  const about = controls.settings.text === 'own' ? ' Your own text is not part of it.' : '';
  const copied = `The address is copied.${about}`;
  await copyText(notice, location.href, copied, `Copy the address of this page.${about}`);
}

/** Shows the state that the address describes. */
function open(): void {
  const { settings, tour, complaints } = address.read();
  controls.set(settings);
  if (complaints.length) notice.say(complaints.join(' '), false);
  else if (tour !== null) notice.say(TOUR[tour - 1]!.says, true);
  else if (settings.text === 'own' && !texts.own)
    notice.say(
      'This address goes with a text that stayed where it was shared. Give your own, or see Alice.',
      true,
    );
  else notice.hide();
  void start(settings, tour);
}

/** Asks for batches; the training is looked at again, if a file was. */
function train(kind: 'stepping' | 'training'): void {
  if (file.isOpen) file.close();
  run.begin(kind);
  send({ type: kind === 'training' ? 'train' : 'step' });
}

element('train').addEventListener('click', () => {
  if (run.state === 'training') return send({ type: 'pause' });
  notice.hide();
  train('training');
});
element('one').addEventListener('click', () => train('stepping'));
element('share').addEventListener('click', () => void shareAddress());
element('export').addEventListener('click', () => send({ type: 'export' }));
element('controls').addEventListener('submit', (event) => event.preventDefault());
worker.onmessage = ({ data }: MessageEvent<FromWorker>) => receive(data);
worker.onerror = ({ message }) => notice.say(`The worker has stopped: ${message}. Reload the page.`, false);
open();
