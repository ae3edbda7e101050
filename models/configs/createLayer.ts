/**
 * Layers from what they say of themselves. In a file of its own that nothing else of the library's core
 * imports, because it needs all layers and cells.
 */
import { isRecord, readOptions, requireChoice, show } from '../../engine/checks.js';
import { cells, type Cell } from '../../cells/index.js';
import type { LayerConfig } from '../layers/config.js';
import { dense } from '../layers/dense.js';
import { dropout, spatialDropout1D } from '../layers/dropout.js';
import { embedding } from '../layers/embedding.js';
import { layer, type Layer } from '../layers/layer.js';
import { layerNormalization } from '../layers/layerNormalization.js';
import { repeatVector } from '../layers/repeatVector.js';
import { residual } from '../layers/residual.js';
import { timeDistributed } from '../layers/timeDistributed.js';
import { bidirectional } from '../recurrent/bidirectional.js';
import { encoderDecoder } from '../recurrent/encoderDecoder.js';
import { recurrent } from '../recurrent/recurrent.js';

type Options = Readonly<Record<string, unknown>>;

/** How a layer of each kind is made; the functions check their options. */
const MAKERS: Readonly<Record<string, (options: Options) => Layer>> = {
  recurrent: ofCell((cell, options) => recurrent(cell, options as never)),
  bidirectional: ofCell((cell, options) => bidirectional(cell, options as never)),
  encoderDecoder: ofCell((cell, options) => encoderDecoder(cell, options as never)),
  dense: ({ units, ...options }) => dense(units as number, options),
  embedding: ({ units, ...options }) => embedding(units as number, options),
  layerNormalization: (options) => layerNormalization(options),
  dropout: (options) => dropout(only('dropout', 'rate', options) as number),
  spatialDropout1D: (options) => spatialDropout1D(only('spatialDropout1D', 'rate', options) as number),
  repeatVector: (options) => repeatVector(only('repeatVector', 'steps', options) as number),
  residual: (options) => residual(createLayer(only('residual', 'layer', options) as LayerConfig)),
  timeDistributed: (options) =>
    timeDistributed(createLayer(only('timeDistributed', 'layer', options) as LayerConfig)),
};

/**
 * The layer that a config describes: `createLayer(layer.config)` is a layer like the first. `config` may come
 * from a file.
 * @throws TypeError or RangeError when there is no such layer, cell or activation in the library, or an option is invalid
 */
export function createLayer(config: LayerConfig): Layer {
  if (!isRecord(config))
    throw new TypeError(
      `createLayer takes the config of a layer, not ${show(config)}; layers of your own have none`,
    );
  const { kind, name, ...options } = config;
  requireChoice('createLayer: kind', kind, Object.keys(MAKERS));
  const made = MAKERS[kind]!(options);
  return name === undefined ? made : layer(name as string, made);
}

function ofCell(make: (cell: Cell, options: Options) => Layer): (options: Options) => Layer {
  return ({ cell, ...options }) => {
    requireChoice('createLayer: cell', cell, Object.keys(cells));
    return make((cells as Record<string, Cell>)[cell as string]!, options);
  };
}

/** The one option of a kind. */
function only(kind: string, name: string, options: Options): unknown {
  return readOptions(`createLayer: ${kind}`, options, {}, [name])[name];
}
