/** Plans: calls that are made again and again are recorded, partitioned for the threads, and replayed. */
import type { Arena } from '../arena.js';
import type { Kernels } from '../kernels.js';
import { runPhases } from '../phases.js';
import type { Tensor } from '../tensor.js';
import type { ThreadPool } from './threadPool.js';
import { partitionColumns, partitionRows, isSmall } from './partition.js';
import { loopPartitions } from './loops.js';
import { packOnce } from './pack.js';
import { writeProgram } from './program.js';
import type { Recorder } from './record.js';

/** `plan` of the kernels: calls that cannot be recorded are made one by one, calls that cannot be partitioned by one thread. */
export function planOn(
  arena: Arena,
  { record, functions }: Recorder,
  numbers: Readonly<Record<string, number>>,
  pool: ThreadPool,
): Kernels<Float32Array>['plan'] {
  // Copies of weights, by thread and matrix: plans that are replayed one after another share them.
  const copies = new Map<string, number>();
  const reserveCopy = (thread: number) => (name: string, bytes: number) => {
    const key = `${thread}: ${name}`;
    if (!copies.has(key)) copies.set(key, arena.reserve(bytes));
    return copies.get(key)!;
  };

  return (phases, constant) => {
    const isConstant = within(arena, constant);
    const programs: number[][] = [];
    let lastSum: readonly number[] | null = null;
    for (const { partition, work } of phases) {
      const recorded = record(() => void work());
      if (!recorded) return () => runPhases(phases);
      // What the rows leave behind is added when all parts are done.
      const calls = recorded.filter(({ name }) => name !== 'sumOfLosses');
      lastSum = recorded.filter(({ name }) => name === 'sumOfLosses').at(-1)?.args ?? lastSum;
      if (calls.length === 0) continue;
      const threads = isSmall(calls) ? 1 : pool.threads;
      const parts =
        partition === 'columns'
          ? partitionColumns(calls, threads)
          : partitionRows(calls, loopPartitions, partition, threads);
      programs.push(
        (parts ?? [calls]).map((part, thread) =>
          writeProgram(arena, numbers, packOnce(part, isConstant, reserveCopy(thread))),
        ),
      );
    }

    return () => {
      for (const parts of programs) {
        // Made once more, one by one, the call that failed says what is wrong.
        if (!pool.replay(parts)) return runPhases(phases);
      }
      return lastSum ? (functions.sumOfLosses!(...lastSum) as number) : NaN;
    };
  };
}

function within(arena: Arena, tensor: Tensor): (address: number) => boolean {
  const from = arena.address('plan', tensor as Tensor<Float32Array>);
  const to = from + 4 * tensor.size;
  return (address) => address >= from && address < to;
}
