/** What the terminal and the page show alike. */
import type { Rows } from '../common/printTable.js';
import type { ElectricityResults } from './run.js';

/** Models and baselines with their errors, in the order of the scores. */
export function scoreRows({ scores, scaled }: ElectricityResults): Rows {
  return {
    head: ['', 'minutes ahead', 'MSE', 'RMSE', 'RMSE in kW'],
    rows: scores.map(({ name, stepsAhead, mse }) => [
      name,
      `${stepsAhead * 15}`,
      mse.toFixed(5),
      Math.sqrt(mse).toFixed(4),
      (Math.sqrt(mse) * scaled.range).toFixed(2),
    ]),
  };
}

/** `140,256` */
export const whole = (value: number): string => value.toLocaleString('en');
