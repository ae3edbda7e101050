/** Metrics and validation in the epochs' records. */
import { readOptions, show } from '../../engine/checks.js';
import type { Examples } from './batches.js';
import type { Callback } from './callback.js';
import { requireExamples } from './checks.js';
import { createEvaluator } from './evaluate.js';
import { addMeasure, figureOf, requireMetric, type Metric } from './metrics/metric.js';
import type { Graph } from '../graph/graph.js';

/** Options of `measure`. */
export interface MeasureOptions {
  /** Figures for `record.metrics` and `record.validation`, such as `[accuracy()]`. Default: none but the loss. */
  metrics?: readonly Metric[];
  /**
   * Held-out examples, which are measured after each epoch. Weights that a function computes, such as
   * `classWeights`, are not theirs. Default null: none.
   */
  validation?: Examples | null;
}

/**
 * A callback of `fit` that adds figures to the records: `record.metrics.accuracy`, `record.validation.loss`. (Keras
 * and tfjs: metrics of compile, validation_data of fit.)
 * @throws TypeError or RangeError that names an option that cannot be used
 */
export function measure(given: MeasureOptions): Callback {
  const { metrics, validation } = readOptions('measure', given, { metrics: [], validation: null });
  const names = namesOf(metrics);
  if (validation !== null) requireExamples('measure: validation', validation);
  const noTotals = (): number[][] => metrics.map(() => []);
  const add = (totals: number[][]) => (graph: Graph) =>
    metrics.forEach((metric, n) => addMeasure(totals[n]!, metric, graph));
  const figures = (totals: number[][]): Record<string, number> =>
    Object.fromEntries(metrics.map((metric, n) => [metric.name, figureOf(metric, totals[n]!)]));

  return {
    name: 'measure',
    start({ trainer, batch, unroll, signal, figures: known }, state) {
      known.push(...names.map((name) => `metrics.${name}`));
      if (validation) known.push('validation.loss', ...names.map((name) => `validation.${name}`));
      let totals = (state as number[][] | undefined)?.map((own) => [...own]) ?? noTotals();
      let held = noTotals();
      const { weights, ...others } = unroll;
      const evaluate = createEvaluator(trainer.model, {
        ...{ batch, unroll: typeof weights === 'function' ? others : unroll },
        onBatch: (graph) => add(held)(graph),
      });
      return {
        afterBatch: (graph) => add(totals)(graph),
        async afterEpoch(record) {
          if (metrics.length) record.metrics = figures(totals);
          totals = noTotals();
          held = noTotals();
          if (!validation) return;
          const loss = await evaluate(validation, signal);
          record.validation = { ...figures(held), loss };
        },
        save: () => totals.map((own) => [...own]),
      };
    },
  };
}

/** @throws TypeError unless these are metrics; RangeError if two have the same name */
function namesOf(metrics: readonly Metric[]): string[] {
  if (!(metrics instanceof Array))
    throw new TypeError(`measure: metrics must be an array, not ${show(metrics)}`);
  for (const metric of metrics) requireMetric('measure: metrics', metric);
  const names = metrics.map(({ name }) => name);
  const twice = ['loss', ...names].find((name, n, all) => all.indexOf(name) < n);
  if (twice === undefined) return names;
  throw new RangeError(
    `measure: there are two figures "${twice}"; rename one: { ...metric, name: 'another' }`,
  );
}
