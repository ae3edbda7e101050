/** The functions of math.ts over arrays, y = f(x), for the tests of their errors. */
import { loadLanes, storeLanes } from './lanes';
import { exp4, sigmoid4, tanh4 } from './math';

export function mapExp(y: usize, x: usize, n: i32): void {
  const end = n * 4;
  let j = 0;
  for (; j <= end - 16; j += 16) mapExpLanes(4, y + j, x + j);
  if (j < end) mapExpLanes((end - j) >> 2, y + j, x + j);
}

@inline
function mapExpLanes(lanes: i32, y: usize, x: usize): void {
  storeLanes(y, exp4(loadLanes(x, lanes)), lanes);
}

export function mapSigmoid(y: usize, x: usize, n: i32): void {
  const end = n * 4;
  let j = 0;
  for (; j <= end - 16; j += 16) mapSigmoidLanes(4, y + j, x + j);
  if (j < end) mapSigmoidLanes((end - j) >> 2, y + j, x + j);
}

@inline
function mapSigmoidLanes(lanes: i32, y: usize, x: usize): void {
  storeLanes(y, sigmoid4(loadLanes(x, lanes)), lanes);
}

export function mapTanh(y: usize, x: usize, n: i32): void {
  const end = n * 4;
  let j = 0;
  for (; j <= end - 16; j += 16) mapTanhLanes(4, y + j, x + j);
  if (j < end) mapTanhLanes((end - j) >> 2, y + j, x + j);
}

@inline
function mapTanhLanes(lanes: i32, y: usize, x: usize): void {
  storeLanes(y, tanh4(loadLanes(x, lanes)), lanes);
}
