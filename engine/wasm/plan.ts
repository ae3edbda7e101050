/** Plans: calls that are made again and again are recorded, cut into parts for the threads, and played. */
import type { Arena } from '../arena.js';
import type { Calls, Kernels } from '../kernels.js';
import type { Tensor } from '../tensor.js';
import type { Crew } from './crew.js';
import { cutByColumn, cutByRow } from './cut.js';
import { loopCuts } from './loops.js';
import { packOnce } from './pack.js';
import { writeProgram } from './program.js';
import type { Call, Recorder } from './record.js';

/** `plan` of the kernels: calls that cannot be recorded are made one by one, calls that cannot be cut by one thread. */
export function planOn(
  arena: Arena,
  { record, functions }: Recorder,
  numbers: Readonly<Record<string, number>>,
  crew: Crew,
): Kernels<Float32Array>['plan'] {
  // Copies of weights, by thread and matrix: plans that are played one after another share them.
  const copies = new Map<string, number>();
  const reserveCopy = (thread: number) => (name: string, bytes: number) => {
    const key = `${thread}: ${name}`;
    if (!copies.has(key)) copies.set(key, arena.reserve(bytes));
    return copies.get(key)!;
  };

  return (calls: Calls) => {
    const { batch, constant, byRow, byColumn } = calls;
    const oneByOne = () => {
      const loss = byRow();
      byColumn?.();
      return loss;
    };
    const rowCalls = record(byRow);
    const columnCalls = record(() => byColumn?.());
    if (!rowCalls || !columnCalls) return oneByOne;

    const isConstant = within(arena, constant);
    const write = (parts: readonly Call[][]) =>
      parts.map((part, thread) =>
        writeProgram(arena, numbers, packOnce(part, isConstant, reserveCopy(thread))),
      );
    const sums = rowCalls.filter(({ name }) => name === 'sumOfLosses');
    const rowParts = rowCalls.filter(({ name }) => name !== 'sumOfLosses');
    const first = write(cutByRow(rowParts, loopCuts, batch, crew.threads) ?? [rowParts]);
    const then = columnCalls.length ? write(cutByColumn(columnCalls, crew.threads) ?? [columnCalls]) : null;
    const lastSum = sums.at(-1)?.args;

    return () => {
      const found = crew.play(first) && (!then || crew.play(then));
      // Made once more, one by one, the call that failed says what is wrong.
      if (!found) return oneByOne();
      return lastSum ? (functions.sumOfLosses!(...lastSum) as number) : NaN;
    };
  };
}

function within(arena: Arena, tensor: Tensor): (address: number) => boolean {
  const from = arena.address('plan', tensor as Tensor<Float32Array>);
  const to = from + 4 * tensor.size;
  return (address) => address >= from && address < to;
}
