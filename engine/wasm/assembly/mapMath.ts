/** The functions of math.ts over arrays, y = f(x), for the tests of their errors. */
import { loadLanes, storeLanes } from './lanes';
import { exp4, sigmoid4, tanh4 } from './math';

export function mapExp(y: usize, x: usize, n: i32): void {
  for (; n > 0; n -= 4, x += 16, y += 16) storeLanes(y, exp4(loadLanes(x, min(n, 4))), min(n, 4));
}

export function mapSigmoid(y: usize, x: usize, n: i32): void {
  for (; n > 0; n -= 4, x += 16, y += 16) storeLanes(y, sigmoid4(loadLanes(x, min(n, 4))), min(n, 4));
}

export function mapTanh(y: usize, x: usize, n: i32): void {
  for (; n > 0; n -= 4, x += 16, y += 16) storeLanes(y, tanh4(loadLanes(x, min(n, 4))), min(n, 4));
}
