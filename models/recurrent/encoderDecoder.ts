/**
 * Sequence to sequence: an encoder reads a source, and a decoder with weights of its own goes on from the state in which
 * the encoder ends. (Sutskever, Vinyals and Le 2014; Cho et al. 2014.)
 *
 * Both sequences come one after the other: the first steps are the source, those after it what the decoder reads. While
 * training that is the right answer, one step late (teacher forcing); afterwards, the decoder's own last symbol.
 *
 *   T3  h_0 of the decoder = h_S of the encoder              forward; of an LSTM, c likewise
 *   T4  dh_S of the encoder = dh_0 of the decoder            backward: nobody else reads that state
 */
import { kernelsOnly, rows, type Indices, type Tensor } from '../../engine/index.js';
import type { Cell, Named } from '../../cells/index.js';
import { defineLayer, type CarriedState, type Layer, type UnrollContext } from '../layers/layer.js';
import { node, type GraphNode } from '../layers/node.js';
import type { Signal } from '../layers/signal.js';
import { named } from '../layers/unrolledCell.js';
import type { CellContext, CellOptions, CellSpecs } from './cellContext.js';
import { unrollCell } from './unrollCell.js';

/** Sizes of an encoder and a decoder. */
export interface EncoderDecoderOptions extends Pick<CellOptions, 'units' | 'dropout' | 'recurrentDropout'> {
  /** S: the source is the first S steps of the input, the decoder reads the others. */
  sourceSteps: number;
}

/**
 * An encoder of `units` cells, and a decoder of as many; the output is the decoder's state after each of its steps.
 * The states of the layer are the encoder's.
 */
export function encoderDecoder(cell: Cell, { sourceSteps: S, ...options }: EncoderDecoderOptions): Layer {
  const { units } = options;
  return defineLayer({
    kind: 'encoderDecoder',
    outputWidth: () => units,
    parameters: (D) => ({ encoder: cell.parameters(D, units), decoder: cell.parameters(D, units) }),
    accepts: () => ({ symbols: true }),

    unroll(context) {
      const { k, name, batch: B, training } = context;
      const T = requireSteps(name, S, context);
      // What the decoder sends back to the encoder's last state.
      const dFinalState = training ? named(cell.states, () => k.zeros(B, units)) : null;
      const encoder = unrollCell(cell, options, false, partOf(context, 'encoder', 0, S), { dFinalState });
      const decoder = unrollCell(
        cell,
        { ...options, returnSequences: true },
        false,
        { ...partOf(context, 'decoder', S, T), initialStateGradient: true },
        { initialStateComputed: true },
      );
      const handover = handoverNode(context, cell, encoder.states!, decoder.states!, dFinalState);
      return {
        nodes: [...encoder.nodes, handover, ...decoder.nodes],
        output: decoder.output,
        states: encoder.states!,
        cells: { ...encoder.cells, ...decoder.cells },
      };
    },
  });
}

type Context = UnrollContext<Record<'encoder' | 'decoder', CellSpecs>>;

/** What a part is given: the steps `from` to `to`, `to` not included. */
function partOf(context: Context, part: 'encoder' | 'decoder', from: number, to: number): CellContext {
  return {
    ...context,
    name: `${context.name}.${part}`,
    parameters: context.parameters[part],
    gradients: context.gradients[part],
    input: stepsOf(context.input, context.batch, from, to),
    advance: to - from,
  };
}

function handoverNode(
  { k, name }: Context,
  cell: Cell,
  encoder: Readonly<Record<string, CarriedState>>,
  decoder: Readonly<Record<string, CarriedState>>,
  dFinalState: Named<string> | null,
): GraphNode {
  const handover = node({
    name: `${name}.handover`,
    reads: named(cell.states, (s) => encoder[s]!.final),
    writes: named(cell.states, (s) => decoder[s]!.initial),
    scratch: { ...dFinalState },
    forward() {
      for (const s of cell.states) k.copy(decoder[s]!.initial, encoder[s]!.final); // T3
    },
    backward() {
      for (const s of cell.states) k.copy(dFinalState![s]!, decoder[s]!.gradient!); // T4
    },
  });
  return kernelsOnly(handover);
}

/** @returns how many steps there are in all */
function requireSteps(name: string, S: number, { advance, input: { steps } }: Context): number {
  if (!Number.isInteger(S) || S < 1) throw new RangeError(`${name}: sourceSteps must be 1 or more, not ${S}`);
  if (steps === null || steps <= S) {
    throw new RangeError(
      `${name} reads ${S} steps of a source and then those of the decoder, not ${steps ?? 1}`,
    );
  }
  if (advance !== steps) throw new RangeError(`${name} reads whole sequences: leave out \`advance\``);
  return steps;
}

/** The steps `from` to `to`, `to` not included. */
function stepsOf(signal: Signal, B: number, from: number, to: number): Signal {
  const part = <N extends Tensor | Indices>(t: N): N => rows(t as Tensor, from * B, to * B) as N;
  const { value, gradient, mask } = signal;
  return {
    ...signal,
    value: part(value),
    gradient: gradient && part(gradient),
    steps: to - from,
    mask: mask && part(mask),
  };
}
