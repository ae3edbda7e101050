/** What the recurrent layers of a model do over a text. */
import { trace, type Graph, type LayerTrace } from '../../models/index.js';
import { opening, openings } from '../common/openings.js';
import type { Rows } from '../common/printTable.js';

/** For each recurrent layer: how far its gates open at each symbol, and the length of its state after it. */
export const gateTables = (graph: Graph, symbols: readonly string[]): [layer: string, Rows][] =>
  Object.entries(trace(graph)).map(([name, layer]) => [
    name,
    gateRows(layer, symbolsOf(name, layer, symbols)),
  ]);

function gateRows(layer: LayerTrace, symbols: readonly string[]): Rows {
  const { states } = layer;
  const T = symbols.length;
  const gates = openings(layer, T);
  const lengths = Object.entries(states).map(([, { data }]) => lengthsOf(data, T));
  return {
    head: ['', ...gates.map(({ gate }) => gate), ...Object.keys(states).map((state) => `|${state}|`)],
    rows: Array.from({ length: T }, (_, t) => [
      symbols[t]!,
      ...gates.map((gate) => opening(gate, t)),
      ...lengths.map((one) => one[t]!.toFixed(2)),
    ]),
  };
}

/** What a layer reads at each step; above a repeated vector, steps have numbers only. */
function symbolsOf(name: string, { states }: LayerTrace, symbols: readonly string[]): readonly string[] {
  const [T] = states.h!.shape as [number];
  if (T === symbols.length || name.endsWith('.encoder')) return symbols.slice(0, T);
  return name.endsWith('.decoder') ? symbols.slice(-T) : Array.from({ length: T }, (_, t) => `${t + 1}`);
}

/** The Euclidean length of a state [T,1,H] after each step. */
function lengthsOf(data: ArrayLike<number>, T: number): number[] {
  const H = data.length / T;
  return Array.from({ length: T }, (_, t) =>
    Math.hypot(...Array.from({ length: H }, (_, unit) => data[t * H + unit]!)),
  );
}
