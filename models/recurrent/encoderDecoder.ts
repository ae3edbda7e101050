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
import { rows, type Indices, type Tensor } from '../../engine/index.js';
import type { Cell } from '../../cells/index.js';
import { materialize } from '../layers/materialize.js';
import type { GraphNode, Layer, Signal, UnrollResult, UnrollContext } from '../layers/layer.js';
import { scopedTo, withPrefix } from '../layers/scope.js';
import { unrollCell, type CellOptions } from './unrollCell.js';
import { named } from '../layers/unrolledCell.js';

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
  return {
    kind: 'encoderDecoder',
    outputWidth: () => units,
    parameters: (D) => ({
      ...withPrefix(cell.parameters(D, units), 'encoder.'),
      ...withPrefix(cell.parameters(D, units), 'decoder.'),
    }),
    unroll(context) {
      const { k, name, batch: B, training } = context;
      const { nodes: before, output: input } = materialize(k, `${name}.rows`, B, context.input);
      const steps = requireSteps(name, S, context, input);

      // What the decoder sends back to the encoder's last state.
      const dFinalState = training ? named(cell.states, () => k.zeros(B, units)) : null;
      const part = (which: 'encoder' | 'decoder', from: number, to: number): UnrollContext => ({
        ...context,
        ...scopedTo(context, which),
        name: `${name}.${which}`,
        input: stepsOf(input, B, from, to),
        accumulateInputGradient: context.accumulateInputGradient && input === context.input,
        initialStateGradient: context.initialStateGradient || which === 'decoder',
        advance: to - from,
      });
      const encoder = unrollCell(cell, options, false, part('encoder', 0, S), { dFinalState });
      const decoder = unrollCell(
        cell,
        { ...options, returnSequences: true },
        false,
        part('decoder', S, steps),
        { initialStateComputed: true },
      );

      const [from, to] = [encoder.states!, decoder.states!];
      const handover: GraphNode = {
        name: `${name}.handover`,
        time: null,
        reads: named(cell.states, (s) => from[s]!.final),
        writes: named(cell.states, (s) => to[s]!.initial),
        saved: {},
        scratch: { ...dFinalState },
        parameters: [],
        forward() {
          for (const s of cell.states) k.copy(to[s]!.initial, from[s]!.final); // T3
        },
        backward() {
          for (const s of cell.states) k.copy(dFinalState![s]!, to[s]!.gradient!); // T4
        },
      };
      return {
        nodes: [...before, ...encoder.nodes, handover, ...decoder.nodes],
        output: decoder.output,
        states: from,
        cells: { ...encoder.cells, ...decoder.cells },
      } satisfies UnrollResult;
    },
  };
}

/** @returns how many steps there are in all */
function requireSteps(name: string, S: number, { advance }: UnrollContext, { steps }: Signal): number {
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
