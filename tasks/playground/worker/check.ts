/**
 * Checks one derivative of the graph on the page: in float64, on the reference kernels, the loss is computed
 * with that one number changed a little. Everything that is computed later from the number follows it,
 * nothing earlier does.
 */
import * as nn from '../../../models/index.js';
import type { Checked, Look } from '../protocol.js';
import { daOf, fillWindow } from './look.js';

/** The number to check: `h`, `dh`, `i`, `da_i` at step t. */
export interface Place {
  readonly name: string;
  readonly t: number;
  readonly unit: number;
}

/** @returns a function that checks a number of the model's graph as it was in a look */
export function createCheck(
  model: nn.Model,
  cell: nn.Cell,
  make: (kernels: nn.Kernels) => nn.Model,
  vocabulary: readonly string[],
  steps: number,
) {
  const twin = make(nn.referenceKernels(Float64Array));
  const graph = nn.unroll(twin, { batch: 1, steps, loss: 'softmaxCrossEntropy' });
  return ({ characters, numbers, units }: Look, place: Place): Omit<Checked, 'id'> => {
    const { values } = model.parameters;
    twin.parameters.values.data.set(values.data.subarray(values.offset, values.offset + values.size));
    fillWindow(graph, characters, vocabulary);
    graph.forward();
    graph.backward();
    const { derivative, analytic, nudge } = derivativeOf(graph, cell, place);
    const x = nn.tensor(new Float64Array(1), 1);
    const dx = nn.tensor(Float64Array.of(analytic), 1);
    const { numeric, error } = nn.checkGradient(() => nudge(graph, cell, place, x.data[0]!), x, dx);
    const here = numbers[derivative]![place.t * units + place.unit]!;
    return { what: `dLoss/${derivative}`, here, analytic, numeric, error };
  };
}

/**
 * The derivative that belongs to a number: of a state its own, of a gate that of what it is computed from.
 */
function derivativeOf(graph: nn.Graph, cell: nn.Cell, { name, t, unit }: Place) {
  const { H, backward } = graph.cells[cell.name]!;
  const state = cell.states.find((one) => name === one || name === `d${one}`);
  if (state) {
    const { data } = nn.trace(graph)[cell.name]!.gradients![state]!;
    const nudge = state === 'c' ? nudgeC : nudgeH;
    return { derivative: `d${state}`, analytic: data[t * H + unit]!, nudge };
  }
  const gate = cell.gates.findIndex((one) => name === one || name === daOf(cell, one));
  const { da } = backward!.steps[t]!;
  const analytic = da.data[da.offset + gate * H + unit]!;
  return { derivative: daOf(cell, cell.gates[gate]!), analytic, nudge: nudgeA(gate) };
}

/** Runs the nodes with a change before or after one of them. @returns the loss */
function lossWith(graph: nn.Graph, name: string, when: 'before' | 'after', change: () => void): number {
  let loss = NaN;
  for (const node of graph.nodes) {
    if (when === 'before' && node.name === name) change();
    loss = node.forward() ?? loss;
    if (when === 'after' && node.name === name) change();
  }
  return loss;
}

type Nudge = (graph: nn.Graph, cell: nn.Cell, place: Place, by: number) => number;

/** Changes h after its step: the next step and the output read it. */
const nudgeH: Nudge = (graph, { name }, { t, unit }, by) => {
  const { h } = graph.cells[name]!.forward.steps[t]!.state as { h: nn.Tensor };
  return lossWith(graph, `${name}@${t}`, 'after', () => (h.data[h.offset + unit]! += by));
};

/** Changes what a gate is computed from, x U + b, which is computed for all steps at once. */
const nudgeA =
  (gate: number): Nudge =>
  (graph, { name }, { t, unit }, by) => {
    const { H, forward } = graph.cells[name]!;
    const { a } = forward.steps[t]!;
    return lossWith(graph, name, 'after', () => (a.data[a.offset + gate * H + unit]! += by));
  };

/**
 * Changes c where it is computed, so that h of the same step follows: c = f * cPrev + ..., so cPrev changes
 * by 1/f of that. Gates with peepholes see cPrev, too; what they would see is taken back from a.
 */
const nudgeC: Nudge = (graph, cell, { t, unit }, by) => {
  const { H, forward, parameters } = graph.cells[cell.name]!;
  const { a, prev } = forward.steps[t]!;
  const c = prev.c!;
  const [kept, gates] = [c.data[c.offset + unit]!, a.offset + unit];
  // The last pass has left the gates' outputs in a.
  const f = forgetGate(graph, cell, t, unit);
  const { p } = parameters;
  const loss = lossWith(graph, `${cell.name}@${t}`, 'before', () => {
    c.data[c.offset + unit]! += by / f;
    if (!p) return;
    for (const [block, gate] of ['i', 'f'].entries())
      a.data[gates + cell.gates.indexOf(gate) * H]! -= (by / f) * p.data[p.offset + block * H + unit]!;
  });
  // At the first step this is the initial state, which no pass writes.
  if (t === 0) c.data[c.offset + unit] = kept;
  return loss;
};

function forgetGate(graph: nn.Graph, cell: nn.Cell, t: number, unit: number): number {
  for (const node of graph.nodes) node.forward();
  const { H, forward } = graph.cells[cell.name]!;
  const { a } = forward.steps[t]!;
  return a.data[a.offset + cell.gates.indexOf('f') * H + unit]!;
}
