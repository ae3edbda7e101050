/** The model of a step in this library. */
import {
  cells,
  createModel,
  dense,
  embedding,
  recurrent,
  repeatVector,
  type CellName,
  type Kernels,
  type Layer,
  type Model,
} from '../../models/index.js';
import type { LayerSpec, NetworkSpec } from './specs.js';

/**
 * The weights are always the same, because the seed is fixed.
 * @param cell replaces the cells of the model
 */
export function buildModel(kernels: Kernels, { input, layers }: NetworkSpec, cell?: CellName): Model {
  return createModel({ kernels, input, layers: layers.map((layer) => buildLayer(layer, cell)), seed: 1 });
}

function buildLayer(spec: LayerSpec, cell?: CellName): Layer {
  switch (spec.kind) {
    case 'embedding':
      return embedding(spec.units);
    case 'dense':
      return dense(spec.units);
    case 'repeatVector':
      return repeatVector(spec.steps);
    case 'rnn':
    case 'lstm':
    case 'gru': {
      const { kind, ...options } = spec;
      return recurrent(cells[cell ?? kind], options);
    }
  }
}
