/**
 * The adding problem: two networks that learn it from the same examples, and the error of always answering 1.
 */
import { CELL_LABELS } from '../../cellLabels.js';
import { ADDING } from '../../lab/exhibit.js';
import type { FromLab, Losses } from '../../lab/protocol.js';
import type { LabSettings } from '../../lab/settings.js';
import { amount, followLearning, learningSentence, UNTRAINED, type Learning } from '../../lab/words.js';
import { addPoint, newCurve, type Curve } from '../curve.js';
import { eachFrame, element } from '../dom.js';
import { connectSettings } from './addingSettings.js';
import { Client, connectButtons } from './client.js';
import type { Desk } from './desk.js';
import type { LabAddress } from './labAddress.js';
import { drawLines, ticksUpTo, type Line } from './lineChart.js';

/** The top of the chart: losses above it are drawn there. */
const TOP = 0.3;
/** Charts below this width name their lines more briefly. */
export const NARROW = 480;

/** What one network has done. */
interface Course {
  readonly raw: Curve;
  /** A running mean. */
  readonly mean: Curve;
  readonly follow: ReturnType<typeof followLearning>;
  learning: Learning;
  /** Why it has diverged; null: it has not. */
  why: string | null;
}

export class AddingPanel {
  readonly #desk: Desk;
  readonly #client: Client;
  readonly #chart = document.querySelector<SVGSVGElement>('#addingChart')!;
  #exhibit = ADDING;
  #baseline = NaN;
  #courses: Course[] = [];
  readonly draw = eachFrame(() => this.#draw());

  constructor(desk: Desk, address: LabAddress) {
    this.#desk = desk;
    const open = () => this.#client.open(this.#exhibit);
    this.#client = new Client({
      ready: (facts) => {
        this.#begin(facts.baseline);
        desk.facts(facts);
      },
      receive: (message) => this.#receive(message),
      changed: (state) => buttons(state),
      fail: desk.fail,
    });
    const buttons = connectButtons(element('adding'), this.#client, open);
    const use = ({ one, other, steps, units, rate, clip, seed }: LabSettings) => {
      this.#exhibit = { ...ADDING, cells: [one, other], steps, units, rate, clip, seed };
      open();
    };
    const show = connectSettings(desk, (changed) => use(address.change(changed)));
    new ResizeObserver(this.draw).observe(this.#chart);
    address.follow((settings) => {
      show(settings);
      use(settings);
    });
  }

  #begin(baseline: number): void {
    this.#baseline = baseline;
    this.#courses = this.#exhibit.cells.map(() => ({
      ...{ raw: newCurve(), mean: newCurve(), follow: followLearning(baseline) },
      ...{ learning: UNTRAINED, why: null },
    }));
    this.#tell();
    this.draw();
  }

  #receive(message: FromLab): void {
    if (message.type === 'losses') for (const losses of message.losses) this.#add(losses);
    if (message.type === 'diverged') this.#courses[message.network]!.why = message.why;
    this.#tell();
    this.draw();
  }

  #add([step, ...losses]: Losses): void {
    losses.forEach((loss, n) => {
      if (Number.isNaN(loss)) return;
      const course = this.#courses[n]!;
      course.learning = course.follow(step, loss);
      addPoint(course.raw, [step, loss]);
      addPoint(course.mean, [step, course.learning.now]);
    });
  }

  #tell(): void {
    const isNew = this.#courses.every(({ learning }) => learning.batches === 0);
    const sentences = this.#courses.map(({ learning, why }, n) => {
      const name = CELL_LABELS[this.#exhibit.cells[n]!];
      if (why === null) return learningSentence(name, learning, this.#baseline);
      return `The ${name} has diverged: ${why}.`;
    });
    const text = isNew
      ? `Always answering 1, the mean, has an error of ${amount(this.#baseline)}: 1/6, the variance of the sum. Press Train.`
      : sentences.join(' ');
    element('addingNow').textContent = text;
    if (!isNew) this.#desk.say(text);
  }

  #draw(): void {
    const last = Math.max(100, ...this.#courses.map(({ learning }) => learning.batches));
    const lines = this.#courses.flatMap(({ raw, mean }, n): Line[] => {
      const cell = this.#exhibit.cells[n]!;
      return [
        { cell, name: null, points: raw.points, style: 'faint' },
        { cell, name: CELL_LABELS[cell], points: mean.points, style: 'line' },
      ];
    });
    const label = `always answering 1: ${amount(this.#baseline)}`;
    drawLines(this.#chart, {
      ...{ lines, x: [0, last], y: [0, TOP], xTicks: ticksUpTo(last), yTicks: [0, 0.1, 0.2, 0.3] },
      ...{ xLabel: 'batches', isLogarithmic: false, room: this.#chart.clientWidth < NARROW ? 62 : 112 },
      level: Number.isNaN(this.#baseline) ? null : { y: this.#baseline, label },
    });
  }
}
