/** An encoder and its decoder: two nodes of cells, which read the first steps and the others. */
import type { CellName } from '../../../cells/index.js';
import { KINDS, outputsOf, readInitial, type Shape } from './cellNode.js';
import type { NodeReader } from './node.js';
import { begins, extended } from './signals.js';
import type { CellsRead, FileLayer, Mask, Signal, Steps } from './values.js';

/** An encoder, which reads the first steps, or a decoder, which goes on from its states with the others. */
export function readPart(node: NodeReader, x: Signal, given: Part): Signal[] {
  const { why, steps } = x.unfinished!;
  if (given.direction !== 'forward') throw node.refuse(why);
  return steps!.from === 0 ? readEncoder(node, x, steps!.to, given) : readDecoder(node, x, steps!, given);
}

interface Part {
  readonly cell: CellName;
  readonly module: FileLayer['modules'][number];
  readonly mask: Mask | null;
  readonly direction: string;
  readonly shape: Shape;
}

function readEncoder(
  node: NodeReader,
  x: Signal,
  sourceSteps: number,
  { cell, module, mask, shape }: Part,
): Signal[] {
  const isZero = Object.keys(readInitial(node, shape)).length === 0;
  if (!isZero) throw node.refuse('its initial state is an input; that of an encoder is 0 here');
  const config = { kind: 'encoderDecoder', cell, units: shape.units, sourceSteps };
  const chain = extended(node, x.chain, { config, modules: [module], cells: cellsOf(mask) });
  const why = 'it reads what an encoder of the first steps gives; only a decoder of the others can';
  return outputsOf(shape, chain, chain, { kind: 'source', why }, { kind: 'source', why });
}

const cellsOf = (mask: Mask | null): CellsRead => ({ node: {}, mask, isFilled: false, initial: {} });

function readDecoder(
  node: NodeReader,
  x: Signal,
  { from, to }: NonNullable<Steps>,
  { cell, module, mask, shape }: Part,
): Signal[] {
  const { letters } = KINDS[node.opType as keyof typeof KINDS];
  const states = letters.map((_, n) => node.optional(5 + n));
  const [encoder] = states.map((state) => (state?.kind === 'signal' ? state.chain.layers.at(-1) : undefined));
  const isHandedOver = states.every(
    (state, n) =>
      state?.kind === 'signal' &&
      state.unfinished?.kind === 'source' &&
      state.state === letters[n] &&
      state.chain.layers.at(-1) === encoder &&
      begins(x.chain, state.chain) &&
      state.chain.layers.length === x.chain.layers.length + 1,
  );
  const { config } = encoder ?? { config: null };
  const isSame = config?.cell === cell && config.units === shape.units && config.sourceSteps === from;
  const isMaskedAlike = (mask === null) === ((encoder?.cells?.mask ?? null) === null);
  if (!encoder || !isHandedOver || !isSame || !isMaskedAlike || to !== Infinity)
    throw node.refuse(x.unfinished!.why);
  const layer: FileLayer = {
    ...{ config: encoder.config, modules: [...encoder.modules, module], cells: cellsOf(mask) },
  };
  const chain = extended(node, x.chain, layer);
  const why = 'it reads the last state of a decoder; here it gives the state after every step';
  return outputsOf(shape, chain, chain, undefined, { kind: 'decoder', why });
}
