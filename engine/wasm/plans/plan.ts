/** Plans: repeated calls are recorded, partitioned among the threads, and replayed. */
import type { Arena } from '../platform/arena.js';
import type { Kernels, Phase, Work } from '../../kernels.js';
import { isKernelsOnly } from '../../kernelsOnly.js';
import { requirePhases, runAll } from '../../phases.js';
import { requireTensor, type Tensor } from '../../tensor.js';
import type { ThreadPool } from '../threads/threadPool.js';
import { isSmall, partitionColumns, partitionRows, turnsOf, type Partition, type Turn } from './partition.js';
import { contains, haveConflict, overlap, writtenBy, type Range } from './conflicts.js';
import { packOnce } from './pack.js';
import { writeProgram } from './program.js';
import type { Call, Recorder } from './record.js';

/** A stretch of a phase: calls for the threads to replay, or work to call as usual. */
interface Stretch {
  readonly works: readonly Work[];
  /** The recorded calls; null if the works cannot be recorded. */
  readonly calls: readonly Call[] | null;
}

/**
 * `plan` of the kernels. Work that cannot be recorded is called as usual; one thread replays calls that
 * cannot be partitioned.
 */
export function planOn(
  arena: Arena,
  { record, functions }: Recorder,
  numbers: Readonly<Record<string, number>>,
  pool: ThreadPool,
  loopPartitions: Readonly<Record<string, Partition>>,
): Kernels<Float32Array>['plan'] {
  const rooms = Array.from({ length: pool.threads }, () => createRoom(arena));

  /** The parts of the calls that the threads make at the same time. */
  function partsOf({ calls, partition }: Turn): readonly (readonly Call[])[] {
    const by = partition === 'columns' ? 'columns' : 'rows';
    const isAlone =
      pool.threads === 1 || isSmall(calls) || haveConflict(calls, writtenBy(calls, loopPartitions), by);
    const threads = isAlone ? 1 : pool.threads;
    const parts =
      partition === 'columns'
        ? partitionColumns(calls, threads)
        : partitionRows(calls, loopPartitions, partition, threads);
    return parts ?? [calls];
  }

  function prepare({ works, calls }: Stretch, partition: Phase['partition'], constant: Range): Work {
    if (!calls) return () => runAll(works);
    // The row losses are summed when all parts are done.
    const perRow = calls.filter(({ name }) => name !== 'sumOfLosses');
    const sum = calls.filter(({ name }) => name === 'sumOfLosses').at(-1)?.args;
    const isUnchanged = unchangedBy(writtenBy(perRow, loopPartitions), constant);
    const turns = pool.threads > 1 ? turnsOf(perRow, partition) : [{ calls: perRow, partition }];
    const parts = turns.map(partsOf);
    const packed = Array.from({ length: pool.threads }, (_, thread) =>
      packOnce(
        parts.map((part) => part[thread] ?? []),
        isUnchanged,
        rooms[thread]!,
      ),
    );
    const programs = parts.map((part, turn) =>
      part.map((_, thread) => writeProgram(arena, numbers, packed[thread]![turn]!)),
    );
    return () => {
      // Runs the calls again one by one: the failing one throws a proper error.
      if (!programs.every((turn) => pool.replay(turn))) return runAll(works);
      return sum && functions.sumOfLosses!(...sum);
    };
  }

  return (phases, constant) => {
    requirePhases(phases);
    requireTensor('plan', constant);
    const range = rangeOf(arena, constant);
    const works = phases.flatMap(({ partition, work }) =>
      stretchesOf(work, record).map((stretch) => prepare(stretch, partition, range)),
    );
    return () => runAll(works);
  };
}

/**
 * Returns room for one thread's copies of weights. Programs that begin with copying never run at the same time, so all
 * use the same room.
 */
function createRoom(arena: Arena): (bytes: number) => number {
  let [address, size] = [0, 0];
  return (bytes) => {
    // Programs written earlier keep the smaller room.
    if (bytes > size) address = arena.reserveForGood((size = Math.max(bytes, 2 * size)));
    return address;
  };
}

/** Whether memory at an address is constant but for these writes. */
function unchangedBy(writes: readonly Range[], constant: Range): (address: number) => boolean {
  const changed = writes.filter((write) => overlap(write, constant));
  return (address) => contains(constant, address) && !changed.some((write) => contains(write, address));
}

/** Adjacent works that can be recorded form one stretch, and so one program. */
function stretchesOf(works: readonly Work[], record: Recorder['record']): Stretch[] {
  const stretches: { works: Work[]; calls: Call[] | null }[] = [];
  for (const work of works) {
    const calls = isKernelsOnly(work) ? record(work) : null;
    const last = stretches.at(-1);
    if (!last || !last.calls !== !calls) stretches.push({ works: [work], calls });
    else {
      last.works.push(work);
      for (const call of calls ?? []) last.calls!.push(call);
    }
  }
  return stretches.filter(({ calls }) => calls?.length !== 0);
}

function rangeOf(arena: Arena, tensor: Tensor): Range {
  const from = arena.address('plan', tensor as Tensor<Float32Array>);
  return [from, from + 4 * tensor.size];
}
