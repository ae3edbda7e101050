/**
 * Several clients of a table: for each, the forecaster is trained, and compared with the baselines one step
 * ahead. Does it beat them on more than the one client of the chapter?
 */
import { InputError, type Kernels } from '../../models/index.js';
import type { TaskSettings } from '../common/checkpoints.js';
import { whole } from '../common/printable.js';
import { printTable, type Rows } from '../common/printTable.js';
import { print } from '../common/say.js';
import { mean } from '../common/statistics.js';
import type { RunPage, Results } from '../task/results.js';
import { countedOf } from './counted.js';
import { forecastFeatures } from './features.js';
import { FORECASTER_UNITS, predict } from './forecaster.js';
import { learnForecaster } from './learn.js';
import { allErrorsOf, oneStepScores, type Score } from './scores.js';
import { readSeries, scale, splitOf, type Series } from './series.js';
import { printSeries } from './seriesLines.js';

interface Client {
  readonly series: Series;
  readonly scores: readonly Score[];
}

/** The scores in the table: of the linear regressions only the one that knows the most. */
const SHOWN = ['OneStep', 'LastReading', 'Yesterday', 'LastWeek', 'LinearWeek'];

/**
 * @param data    the table
 * @param columns the clients
 * @param epochs  passes of each forecaster over its training part
 */
export async function* compareClients(
  kernels: Kernels,
  settings: TaskSettings,
  data: string | null,
  columns: readonly string[],
  epochs: number,
): AsyncGenerator<Results> {
  if (data === '-') throw new InputError('--data - can be read only once: for several columns, name a file');
  const clients: Client[] = [];
  const points = [];
  // All are read before the first training, which a column that is refused would make useless.
  for (const series of await readAll(data, columns)) {
    printSeries(series, kernels);
    const learned = await learnForecaster(kernels, settings, series, epochs, null);
    if (learned.stopped) return;
    const { model } = learned.forecaster;
    const { values } = scale(series.readings, series.record);
    const split = splitOf(values);
    const features = forecastFeatures(values, series, learned.normalization);
    const predictions = await predict(model, features, split, values.length);
    model.dispose();
    const scores = oneStepScores(values, split, predictions, series.rhythm, countedOf(series.filled, 1));
    clients.push({ series, scores: scores.filter(({ key }) => SHOWN.includes(key)) });
    points.push(...learned.epochs.map((epoch) => ({ model: nameOf(series), ...epoch })));
    print('');
  }
  print('RMSE one step ahead on the test parts, each scaled to its own range:');
  printTable(rowsOf(clients));
  yield {
    data: { source: clients[0]!.series.record.source, clients: clients.map(({ series }) => series.record) },
    epochs: points,
    final: finalOf(clients),
    page: () => pageOf(clients, settings),
  };
}

/** @throws InputError when a column is given twice, by its name or its number */
async function readAll(data: string | null, columns: readonly string[]): Promise<Series[]> {
  const all: Series[] = [];
  for (const column of columns) {
    const series = await readSeries(data, column);
    if (all.some((other) => nameOf(other) === nameOf(series)))
      throw new InputError(
        `--column ${column}: ${nameOf(series)} is already among the columns; give each once`,
      );
    all.push(series);
  }
  return all;
}

const nameOf = ({ record: { column } }: Series): string => column ?? '';

const rmseOf = ({ scores }: Client) => scores.map(({ mse }) => Math.sqrt(mse));

/** The mean of each score over the clients, and on how many of them the forecaster is better. */
function summaryOf(clients: readonly Client[]) {
  const errors = clients.map(rmseOf);
  return clients[0]!.scores.map(({ key, name }, n) => ({
    ...{ key, name, mean: mean(errors.map((row) => row[n]!)) },
    beaten: errors.filter((row) => row[0]! < row[n]!).length,
  }));
}

function rowsOf(clients: readonly Client[]): Rows {
  const summary = summaryOf(clients);
  return {
    head: ['', ...summary.map(({ name }) => name)],
    rows: [
      ...clients.map((client) => [nameOf(client.series), ...rmseOf(client).map((error) => error.toFixed(4))]),
      ['mean', ...summary.map((one) => one.mean.toFixed(4))],
      ['forecaster is better', '', ...summary.slice(1).map(({ beaten }) => `${beaten} of ${clients.length}`)],
    ],
  };
}

/** The errors of each client, and their means under the names that they have for one. */
function finalOf(clients: readonly Client[]): Results['final'] {
  const each = clients.map(({ series: { record }, scores }) => ({
    column: record.column,
    errors: allErrorsOf(scores, record.most - record.least),
  }));
  const names = Object.keys(each[0]!.errors).filter((name) => !name.endsWith('Unscaled'));
  const means = names.map((name) => [name, mean(each.map(({ errors }) => errors[name]!))]);
  const better = summaryOf(clients).slice(1);
  return {
    ...(Object.fromEntries(means) as Record<string, number>),
    better: Object.fromEntries(better.map(({ key, beaten }) => [key, beaten])),
    clients: each.map(({ column, errors }) => ({ column, ...errors })),
  };
}

function pageOf(
  clients: readonly Client[],
  { cell, units = FORECASTER_UNITS, batch, seed }: TaskSettings,
): RunPage {
  const { source } = clients[0]!.series.record;
  return {
    title: 'A recurrent network predicts electricity meters',
    intro: [`${whole(clients.length)} clients of ${source}, each with a forecaster of its own.`],
    sections: [
      {
        heading: 'Errors one step ahead',
        text: 'RMSE on the last 30% of the readings of each client, scaled to its own range.',
        content: [{ kind: 'table', ...rowsOf(clients) }],
      },
    ],
    facts: [
      ['data', source],
      ['forecaster', `${cell} ${units}`],
      ['rows of a batch', batch],
      ['seed', seed],
    ],
  };
}
