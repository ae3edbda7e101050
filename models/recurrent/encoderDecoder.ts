/**
 * Sequence to sequence: an encoder reads a source, and a decoder with its own weights continues from the
 * encoder's last state. (Sutskever, Vinyals and Le 2014; Cho et al. 2014.)
 *
 * The input holds both sequences: first the source, then the decoder's input. In training that is the target
 * delayed by one step (teacher forcing); in use it is the decoder's own last symbol.
 *
 *   T3  h_0 of the decoder = h_S of the encoder              forward; for an LSTM, c likewise
 *   T4  dh_S of the encoder = dh_0 of the decoder            backward: nothing else reads that state
 */
import { readOptions, requireWhole } from '../../engine/checks.js';
import { kernelsOnly, rows, type Indices, type Tensor } from '../../engine/index.js';
import type { Cell, Named } from '../../cells/index.js';
import { requireCell } from '../../cells/requireCell.js';
import { defineLayer, type CarriedState, type Layer } from '../layers/layer.js';
import type { UnrollContext, UnrollResult } from '../layers/layer.js';
import { node, type GraphNode } from '../layers/node.js';
import type { Signal } from '../layers/signal.js';
import { named } from '../layers/unrolledCell.js';
import { cellConfig, DROP_NOTHING, requireCellOptions } from './cellContext.js';
import type { CellContext, CellOptions, CellSpecs } from './cellContext.js';
import { unrollCell } from './unrollCell.js';

/** Options of an encoder and decoder. */
export interface EncoderDecoderOptions extends Pick<
  CellOptions,
  'units' | 'dropout' | 'recurrentDropout' | 'dropoutPerGate'
> {
  /** S: the encoder reads the first S steps of the input, the decoder the others. */
  sourceSteps: number;
}

type Specs = Record<Part, CellSpecs>;
type Part = 'encoder' | 'decoder';

/** Both parts are layers too, with the parameters of the whole, so that the decoder can be stepped. */
export interface EncoderDecoder extends Layer<Specs> {
  readonly sourceSteps: number;
  readonly parts: Readonly<Record<Part, Layer<Specs>>>;
}

/**
 * An encoder and a decoder of `units` cells each. The output is the decoder's state after each of its steps;
 * the states of the layer are the encoder's. `decode` lets the decoder answer by itself.
 * @throws TypeError or RangeError when it is no cell, or an option is invalid
 */
export function encoderDecoder(cell: Cell, given: EncoderDecoderOptions): Layer {
  requireCell('encoderDecoder', cell);
  const required = ['units', 'sourceSteps'] as const;
  const { sourceSteps: S, ...options } = readOptions('encoderDecoder', given, DROP_NOTHING, required);
  requireCellOptions('encoderDecoder', options);
  requireWhole('encoderDecoder: sourceSteps', S);
  const { units } = options;
  const common = {
    kind: 'encoderDecoder',
    outputWidth: () => units,
    parameters: (D: number) => ({ encoder: cell.parameters(D, units), decoder: cell.parameters(D, units) }),
    accepts: () => ({ symbols: true }),
  };
  const alone = (part: Part): Layer<Specs> => ({
    ...common,
    unroll: (context) =>
      unrollCell(cell, { ...options, returnSequences: part === 'decoder' }, false, {
        ...context,
        name: `${context.name}.${part}`,
        parameters: context.parameters[part],
        gradients: context.gradients[part],
      }),
  });
  const layer: EncoderDecoder = {
    ...common,
    config: cellConfig('encoderDecoder', cell, { ...options, sourceSteps: S }),
    sourceSteps: S,
    parts: { encoder: alone('encoder'), decoder: alone('decoder') },

    unroll(context) {
      const { k, name, batch: B, training } = context;
      const T = requireSteps(name, S, context);
      // The gradient of the encoder's last state, copied from the decoder's initial state.
      const dFinalState = training ? named(cell.states, () => k.zeros(B, units)) : null;
      const encoder = unrollCell(cell, options, false, partOf(context, 'encoder', 0, S), { dFinalState });
      const decoder = unrollCell(
        cell,
        { ...options, returnSequences: true },
        false,
        { ...partOf(context, 'decoder', S, T), initialStateGradient: true },
        { initialStateComputed: true },
      );
      const statesOf = ({ states }: UnrollResult) => Object.values(states!)[0]!;
      const handover = handoverNode(context, cell, statesOf(encoder), statesOf(decoder), dFinalState);
      return {
        nodes: [...encoder.nodes, handover, ...decoder.nodes],
        output: decoder.output,
        states: encoder.states!,
        cells: { ...encoder.cells, ...decoder.cells },
      };
    },
  };
  return defineLayer(layer);
}

type Context = UnrollContext<Specs>;

/** The context of one part: steps `from` to `to`, exclusive. */
function partOf(context: Context, part: Part, from: number, to: number): CellContext {
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

/** @returns the number of steps, source and decoder together */
function requireSteps(name: string, S: number, { advance, input: { steps } }: Context): number {
  if (steps === null || steps <= S) {
    throw new RangeError(
      `${name} needs more steps than the ${S} of its source, for its decoder, not ${steps ?? 1}`,
    );
  }
  if (advance !== steps) throw new RangeError(`${name} reads whole sequences: leave out \`advance\``);
  return steps;
}

/** Steps `from` to `to`, exclusive. */
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
