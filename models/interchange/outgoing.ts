/** What a model goes out as. */
import type { Tensor } from '../../engine/index.js';
import type { ModelConfig } from '../graph/modelConfig.js';
import type { Parts } from './openedFile.js';

/**
 * The formats that are written: `keras` is a .keras of Keras 3, `onnx` a graph of operators, `pytorch` a state_dict as
 * safetensors, `tfjs` a layers model.
 */
export type ExportFormat = 'keras' | 'onnx' | 'pytorch' | 'tfjs';

/** A model to be written: `weights` by their full names, `lstm.U`. */
export interface Outgoing extends Parts {
  readonly config: ModelConfig;
  readonly weights: ReadonlyMap<string, Tensor>;
}

/** Options of `exportModel`. */
export interface ExportOptions {
  /**
   * `logits`: what the model gives. `probabilities`: that through a softmax, or a sigmoid if its width is 1; not in
   * `pytorch`, which has weights only. Default `logits`.
   */
  outputs?: 'logits' | 'probabilities';
}
