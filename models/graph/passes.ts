/**
 * The two passes through a graph: its nodes in order, and in reverse. Each is handed to the kernels as a plan, which may
 * record and replay on threads what is declared `kernelsOnly`; so it is said of each part how it may be partitioned.
 */
import { kernelsOnlyAs, type Kernels, type Phase, type Tensor, type Work } from '../../engine/index.js';
import type { GraphNode } from '../layers/node.js';

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
  /** All parameters, which do not change within a pass. */
  readonly parameters: Tensor;
}

/** @returns the passes as the nodes want them when it is called */
export function planPasses(
  k: Kernels,
  nodes: readonly GraphNode[],
  { batch, training, parameters }: PassOptions,
): () => Passes {
  // Shared nodes run first in the forward pass and last in the backward pass; all others are independent per example.
  const shared = nodes.filter((node) => node.shared);
  const own = nodes.filter((node) => !node.shared);
  const columns = (work: readonly Work[]): Phase => ({ partition: 'columns', work });
  const forwardPhases: Phase[] = [
    ...shared.map((node) => columns(works([node], 'forward'))),
    { partition: batch, work: works(own, 'forward') },
  ];
  const backwardPhases: Phase[] = [
    { partition: batch, work: works(own, 'backward').reverse() },
    columns(works(own, 'accumulate')),
    ...[...shared]
      .reverse()
      .flatMap((node) => [columns(works([node], 'accumulate')), columns(works([node], 'backward'))]),
  ];
  return variants(nodes, () => ({
    forward: k.plan(forwardPhases, parameters),
    backward: training ? k.plan(backwardPhases, parameters) : null,
  }));
}

const works = (nodes: readonly GraphNode[], pass: 'forward' | 'backward' | 'accumulate'): Work[] =>
  nodes.filter((node) => pass in node).map((node) => kernelsOnlyAs(node, pass, () => node[pass]!()));

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
