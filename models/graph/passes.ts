/**
 * The two passes through a graph: its nodes in order, and in reverse. Each is handed to the kernels as a plan, which they may record once and
 * play on threads; so it is said of each part how it may be partitioned.
 */
import type { Kernels, Phase, Tensor } from '../../engine/index.js';
import type { GraphNode } from '../layers/layer.js';

/** There and back. */
export interface Passes {
  /** Returns the loss; NaN where there is none. */
  readonly forward: () => number;
  /** Null without training. */
  readonly backward: (() => number) | null;
}

export interface PassOptions {
  readonly batch: number;
  readonly training: boolean;
  /** What the loss's node has found; null: there is none. */
  readonly loss: (() => number) | null;
  /** All parameters, which do not change within a pass. */
  readonly parameters: Tensor;
}

/** @returns the passes as the nodes want them when it is called */
export function planPasses(
  k: Kernels,
  nodes: readonly GraphNode[],
  { batch, training, loss, parameters }: PassOptions,
): () => Passes {
  // What the examples share comes first, and last on the way back; between, each example goes its own way.
  const shared = nodes.filter((node) => node.shared);
  const own = nodes.filter((node) => !node.shared);
  const columns = (work: () => void): Phase => ({ partition: 'columns', work });
  const forwardPhases: Phase[] = [
    ...shared.map((node) => columns(() => node.forward())),
    {
      partition: batch,
      work() {
        for (const node of own) node.forward();
        return loss ? loss() : NaN;
      },
    },
  ];
  const backwardPhases: Phase[] = [
    {
      partition: batch,
      work() {
        for (let n = own.length - 1; n >= 0; n--) own[n]!.backward();
      },
    },
    columns(() => own.forEach((node) => node.accumulate?.())),
    ...[...shared]
      .reverse()
      .flatMap((node) => [columns(() => node.accumulate?.()), columns(() => node.backward())]),
  ];
  return variants(nodes, () => ({
    forward: k.plan(forwardPhases, parameters),
    backward: training ? k.plan(backwardPhases, parameters) : null,
  }));
}

/** The passes as the nodes want them now: planned when they first want them so. */
function variants(nodes: readonly GraphNode[], plan: () => Passes): () => Passes {
  const preparing = nodes.filter((node) => node.prepare);
  const now = preparing.map(() => NaN);
  const planned: { wanted: readonly number[]; passes: Passes }[] = [];
  return () => {
    for (let n = 0; n < now.length; n++) now[n] = preparing[n]!.prepare!();
    for (const { wanted, passes } of planned) {
      if (same(wanted, now)) return passes;
    }
    const passes = plan();
    planned.push({ wanted: [...now], passes });
    return passes;
  };
}

function same(a: readonly number[], b: readonly number[]): boolean {
  for (let n = 0; n < a.length; n++) if (a[n] !== b[n]) return false;
  return true;
}
