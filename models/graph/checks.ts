/** Checks of models and graphs that functions are given. */
import { hasMembers, show } from '../../engine/checks.js';

/** @throws TypeError unless it is a model */
export function requireModel(of: string, model: unknown): void {
  if (!hasMembers(model, 'kernels', 'input', 'layers', 'parameters'))
    throw new TypeError(`${of} takes a model of createModel, not ${show(model)}`);
}

/** @throws TypeError unless it is an unrolled graph */
export function requireGraph(of: string, graph: unknown): void {
  if (!hasMembers(graph, 'model', 'nodes', 'layers', 'cells'))
    throw new TypeError(`${of} takes a graph of unroll, not ${show(graph)}`);
}
