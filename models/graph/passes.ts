/**
 * The two passes through a graph: its nodes in order, and in reverse. Each is passed to the kernels as a
 * plan, which may record the parts declared `kernelsOnly` and replay them on threads; each phase states how
 * it may be partitioned.
 */
import { declaredPasses, kernelsOnly } from '../../engine/index.js';
import type { Kernels, Pass, Phase, Tensor, Work } from '../../engine/index.js';
import type { GraphNode } from '../layers/node.js';

/** The forward and the backward pass of a graph. */
export interface Passes {
  /** Returns the loss; NaN if there is none. */
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

/** @returns a function that prepares the nodes and returns the passes for their current state */
export function planPasses(
  k: Kernels,
  nodes: readonly GraphNode[],
  { batch, training, parameters }: PassOptions,
): () => Passes {
  // Shared nodes run first in the forward pass and last in the backward pass; all others treat each example
  // independently.
  const shared = nodes.filter((node) => node.shared);
  const own = nodes.filter((node) => !node.shared);
  const columns = (work: readonly Work[]): Phase => ({ partition: 'columns', work });
  const forwardPhases = (): Phase[] => [
    ...shared.map((node) => columns(works([node], 'forward'))),
    { partition: batch, work: works(own, 'forward') },
  ];
  const backwardPhases = (): Phase[] => [
    { partition: batch, work: works(own, 'backward').reverse() },
    columns(works(own, 'accumulate')),
    ...[...shared]
      .reverse()
      .flatMap((node) => [columns(works([node], 'accumulate')), columns(works([node], 'backward'))]),
  ];
  return variants(nodes, () => ({
    forward: k.plan(forwardPhases(), parameters),
    backward: training ? k.plan(backwardPhases(), parameters) : null,
  }));
}

/** The nodes that have this pass, each as a call that may be recorded if its node declares it. */
function works(nodes: readonly GraphNode[], pass: Pass): Work[] {
  return nodes
    .filter((node) => pass in node)
    .map((node) => {
      const work = () => node[pass]!();
      return declaredPasses(node).includes(pass) ? kernelsOnly(work) : work;
    });
}

/** Plans the passes once for each combination of numbers that the nodes' `prepare` returns. */
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
