/** The four arrangements: each a card with its unrolled network, its loss, and its answer to one example. */
import { TOPOLOGY_NAMES, type CellName, type TopologyExhibit } from '../../lab/exhibit.js';
import type { Answered, FromLab } from '../../lab/protocol.js';
import type { LabSettings } from '../../lab/settings.js';
import { amount, count } from '../../lab/words.js';
import { addPoint, newCurve } from '../curve.js';
import { eachFrame, element } from '../dom.js';
import { listCells } from './addingSettings.js';
import { layOutCard, TEXTS } from './card.js';
import { Client, connectButtons } from './client.js';
import type { Desk } from './desk.js';
import type { LabAddress } from './labAddress.js';
import { drawLines, ticksUpTo } from './lineChart.js';
import { describe, drawUnrolled, isAnswer } from './unrolled.js';

export function createTopologyCards(desk: Desk, address: LabAddress) {
  const select = element('topologyCell', 'select');
  listCells(select);
  const cards = TOPOLOGY_NAMES.map((name) => new Card(name, desk));
  const open = ({ cell }: LabSettings) => {
    select.value = cell;
    cards.forEach((card) => card.open(cell));
  };
  select.addEventListener('change', () => open(address.change({ cell: select.value as CellName })));
  address.follow(open);
  return { draw: () => cards.forEach((card) => card.draw()) };
}

class Card {
  readonly #name: TopologyExhibit['name'];
  readonly #desk: Desk;
  readonly #client: Client;
  readonly #box: HTMLElement;
  #cell: CellName = 'lstm';
  #answered: Answered | null = null;
  #curve = newCurve();
  /** A running mean: batches differ. */
  #loss = NaN;
  #step = 0;
  #baseline = NaN;
  #batches = 0;
  readonly draw = eachFrame(() => this.#draw());

  constructor(name: TopologyExhibit['name'], desk: Desk) {
    this.#name = name;
    this.#desk = desk;
    this.#box = layOutCard(name);
    element('cards').append(this.#box);
    this.#client = new Client({
      ready: ({ baseline, batches }) => {
        [this.#baseline, this.#batches] = [baseline, batches!];
        [this.#curve, this.#step, this.#loss] = [newCurve(), 0, NaN];
      },
      receive: (message) => this.#receive(message),
      changed: (state) => buttons(state),
      fail: desk.fail,
    });
    const buttons = connectButtons(this.#box, this.#client, () => this.open(this.#cell));
    new ResizeObserver(this.draw).observe(this.#box);
  }

  open(cell: CellName): void {
    this.#cell = cell;
    this.#client.open({ kind: 'topology', name: this.#name, cell, seed: 0 });
  }

  #receive(message: FromLab): void {
    if (message.type === 'answered') this.#answered = message.answered;
    if (message.type === 'losses') for (const [step, loss] of message.losses) this.#add(step, loss!);
    if (message.type === 'diverged')
      this.#desk.fail(`${TEXTS[this.#name].title}: training has diverged: ${message.why}.`);
    this.#tell();
    this.draw();
  }

  #add(step: number, loss: number): void {
    if (Number.isNaN(loss)) return;
    addPoint(this.#curve, [step, loss]);
    this.#loss = Number.isNaN(this.#loss) ? loss : this.#loss + (loss - this.#loss) / 10;
    this.#step = step;
  }

  #tell(): void {
    const answered = this.#answered;
    if (!answered) return;
    const after = `After ${count(this.#step)} of ${count(this.#batches)} batches, loss ${amount(this.#loss)}`;
    const text = `${this.#step === 0 ? 'Untrained' : after}: ${verdict(this.#name, answered)}`;
    this.#box.querySelector('.caption')!.textContent = text;
    if (this.#client.state === 'training') this.#desk.say(`${text} ${describe(answered)}.`);
  }

  #draw(): void {
    const [picture, chart] = ['.unrolled', '.chart'].map((one) =>
      this.#box.querySelector<SVGSVGElement>(one)!,
    );
    if (this.#answered) drawUnrolled(picture!, this.#name, this.#answered);
    const [baseline, last] = [this.#baseline, Math.max(100, this.#step)];
    const top = 1.25 * (baseline || 1);
    const label = `${TEXTS[this.#name].baseline}: ${amount(baseline)}`;
    drawLines(chart!, {
      lines: [{ cell: this.#cell, name: null, points: this.#curve.points, style: 'line' }],
      ...{ x: [0, last], y: [0, top], xTicks: ticksUpTo(last), yTicks: ticksUpTo(0.9 * top) },
      ...{ xLabel: 'batches', isLogarithmic: false, room: 0 },
      level: Number.isNaN(baseline) ? null : { y: baseline, label },
    });
  }
}

function verdict(name: TopologyExhibit['name'], { right, says }: Answered): string {
  if (name === 'adding') return `the sum is ${right.at(-1)}, it says ${says.at(-1)}.`;
  const asked = right.flatMap((letter, t) =>
    letter === '' && says[t] === '' ? [] : [isAnswer(says[t]!, letter)],
  );
  const wrong = asked.filter((isRight) => !isRight).length;
  return wrong === 0
    ? 'every letter is right.'
    : `${asked.length - wrong} of ${asked.length} letters are right.`;
}
