/**
 * The vanishing gradient: how much of it arrives at each distance from the loss, while three networks learn.
 */
import type { Flow } from '../../../lab/gradientFlow.js';
import { CELL_LABELS } from '../../cellLabels.js';
import { FLOWS, type AddingExhibit } from '../../lab/exhibit.js';
import type { FromLab, LabFacts } from '../../lab/protocol.js';
import type { LabSettings } from '../../lab/settings.js';
import { amount, count, flowSentence, followLearning, UNTRAINED, type Learning } from '../../lab/words.js';
import { eachFrame, element } from '../dom.js';
import { NARROW } from './addingPanel.js';
import { Client, connectButtons } from './client.js';
import type { Desk } from './desk.js';
import { Frames } from './frames.js';
import type { LabAddress } from './labAddress.js';
import { drawLines, type Line } from './lineChart.js';
import { playInView } from './playInView.js';

/** The chart ends here. */
const [FLOOR, CEILING] = [-30, 8];
/** The distance that the sentence is about. */
const FAR = 50;

export class FlowPanel {
  readonly #desk: Desk;
  readonly #client: Client;
  readonly #chart = document.querySelector<SVGSVGElement>('#flowChart')!;
  readonly #gradient = element('gradient', 'select');
  readonly #frames: Frames;
  #exhibit = FLOWS;
  #learning: Learning[] = [];
  #follow: ReturnType<typeof followLearning>[] = [];
  readonly draw = eachFrame(() => this.#draw());

  constructor(desk: Desk, address: LabAddress) {
    this.#desk = desk;
    this.#frames = new Frames(element('frame', 'input'), element('frameNow'), () => this.#show());
    this.#client = new Client({
      ready: (facts) => this.#begin(facts),
      receive: (message) => this.#receive(message),
      changed: (state) => buttons(state),
      fail: desk.fail,
    });
    const buttons = connectButtons(element('flow'), this.#client, () => this.#open({}));
    this.#gradient.addEventListener('change', () => {
      address.change({ gradient: this.#gradient.value as LabSettings['gradient'] });
      this.#show();
    });
    const sliders = (['radius', 'bias'] as const).map((name) => [name, element(name, 'input')] as const);
    for (const [name, slider] of sliders) {
      // They are properties of the start, so they need a new one.
      slider.addEventListener('input', () => this.#open({ [name]: Number(slider.value) }));
      // Browsers allow few changes of the address per second.
      slider.addEventListener('change', () => address.change({ [name]: Number(slider.value) }));
    }
    element('flow')
      .querySelector('form')!
      .addEventListener('submit', (event) => event.preventDefault());
    new ResizeObserver(this.draw).observe(this.#chart);
    address.follow((settings) => {
      for (const [name, slider] of sliders) slider.value = String(settings[name]);
      this.#gradient.value = settings.gradient;
      const { radius, bias } = settings;
      this.#open({ radius, bias });
    });
    playInView(this.#chart, () => {
      if (this.#frames.isUntrained) this.#client.train();
      return this.#client.state !== 'none';
    });
  }

  #open(changed: Partial<AddingExhibit>): void {
    const exhibit = (this.#exhibit = { ...this.#exhibit, ...changed });
    element('radiusNow').textContent = exhibit.radius!.toFixed(2);
    element('biasNow').textContent = exhibit.bias!.toFixed(2);
    const gate = 1 / (1 + Math.exp(-exhibit.bias!));
    element('bias').setAttribute('aria-valuetext', `${exhibit.bias}: the gate is ${gate.toFixed(2)} open`);
    this.#client.open(exhibit);
  }

  #begin({ baseline }: LabFacts): void {
    this.#frames.clear();
    this.#learning = this.#exhibit.cells.map(() => UNTRAINED);
    this.#follow = this.#exhibit.cells.map(() => followLearning(baseline));
  }

  #receive(message: FromLab): void {
    if (message.type === 'losses')
      for (const [step, ...losses] of message.losses)
        losses.forEach((loss, n) => {
          if (!Number.isNaN(loss)) this.#learning[n] = this.#follow[n]!(step, loss);
        });
    if (message.type === 'flows') this.#frames.add(message);
    if (message.type === 'diverged')
      this.#desk.fail(`The ${this.#name(message.network)} has diverged: ${message.why}.`);
    this.#show();
  }

  #name(n: number): string {
    return CELL_LABELS[this.#exhibit.cells[n]!];
  }

  /** By distance, relative to one step back. */
  #shares(flow: Flow): number[] {
    const norms = (this.#gradient.value === 'h' ? flow.h : (flow.c ?? flow.h))!;
    return norms.map((norm) => norm / norms[1]!);
  }

  #show(): void {
    this.draw();
    const { now } = this.#frames;
    if (!now) return;
    const far = Math.min(FAR, this.#exhibit.steps - 1);
    const parts = now.flows.map((flow, n) => flowSentence(this.#name(n), this.#shares(flow), far));
    const text = `The gradient ${far} steps back, as a share of that one step back: ${parts.join('; ')}.`;
    element('flowNow').textContent = text;
    if (this.#client.state === 'training') this.#desk.say(`Batch ${count(now.step)}. ${text}`);
  }

  #line(flow: Flow, n: number, style: 'line' | 'ghost'): Line {
    const { now: error } = this.#learning[n]!;
    const isShort = Number.isNaN(error) || this.#chart.clientWidth < NARROW;
    const name = isShort ? this.#name(n) : `${this.#name(n)}, error ${amount(error)}`;
    const points = this.#shares(flow).map((share, distance) => [distance, power(share)] as const);
    return {
      cell: this.#exhibit.cells[n]!,
      name: style === 'line' ? name : null,
      points: points.slice(1),
      style,
    };
  }

  #draw(): void {
    const { first, now } = this.#frames;
    if (!first || !now) return;
    const lines = [
      ...first.flows.map((flow, n) => this.#line(flow, n, 'ghost')),
      ...now.flows.map((flow, n) => this.#line(flow, n, 'line')),
    ];
    const powers = lines.flatMap(({ points }) => points.map(([, y]) => y));
    // By steps of four, so that the axis does not tremble.
    const least = Math.min(-8, 4 * Math.floor(Math.min(...powers) / 4));
    const most = Math.max(2, 2 * Math.ceil(Math.max(...powers) / 2));
    const last = this.#exhibit.steps - 1;
    drawLines(this.#chart, {
      ...{ lines, x: [1, last], y: [least, most], isLogarithmic: true, level: null },
      ...{ xTicks: range(10, last - 19, 10), yTicks: range(least, most, least < -16 ? 8 : 4) },
      ...{ xLabel: 'steps back', room: this.#chart.clientWidth < NARROW ? 62 : 150 },
    });
  }
}

const power = (share: number) => Math.max(FLOOR, Math.min(CEILING, Math.log10(share)));
const range = (from: number, to: number, by: number) =>
  Array.from({ length: Math.max(0, Math.floor((to - from) / by) + 1) }, (_, n) => from + n * by);
