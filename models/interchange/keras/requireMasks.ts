/** Where masks of padding do not get in other programs, though they do here. */
import { InputError } from '../../../engine/index.js';
import type { ModelConfig } from '../../graph/modelConfig.js';
import type { LayerConfig } from '../../layers/config.js';
import { MEANING, type Dialect } from './dialect.js';

/** @throws InputError when a layer would read padding as if it were data, or not at all */
export function requireMasks(layers: ModelConfig['layers'], dialect: Dialect): void {
  const { program } = MEANING[dialect];
  let mask: 'none' | 'right' | 'sum' | 'backwards' = 'none';
  for (const { name, config } of layers) {
    const { kind, maskZero, returnSequences, goBackwards, cell } = innermost(config!);
    const reads = cell !== undefined;
    if (mask !== 'none' && kind === 'encoderDecoder')
      throw new InputError(`layer ${name} slices padded sequences, whose mask is lost in ${program}`);
    if (mask === 'backwards' && reads)
      throw new InputError(
        `layer ${name} reads padded sequences that were turned around, as ${program} does with the steps but not with the mask`,
      );
    // The mask of a sum has a dimension too many.
    if (mask === 'sum' && reads && dialect === 'tfjs')
      throw new InputError(
        `layer ${name} reads a mask from above a residual layer, which tfjs cannot pass on`,
      );
    if (maskZero === true) mask = 'right';
    if (mask !== 'none' && config!.kind === 'residual') mask = 'sum';
    if (mask !== 'none' && goBackwards === true) mask = 'backwards';
    if (returnSequences === false) mask = 'none';
  }
}

/** The config within residual ones. */
export const innermost = (config: LayerConfig): LayerConfig =>
  config.kind === 'residual' ? innermost(config.layer as unknown as LayerConfig) : config;
