/** A file of any format that has been opened: what it holds, and how its weights become ours. */
import type { FloatArray, ParameterSpecs } from '../../engine/index.js';
import type { ModelConfig } from '../graph/modelConfig.js';
import type { Source } from '../weights/copy.js';
import type { Layer } from '../layers/layer.js';
import type { FileTensor } from './fileTensor.js';

/** The formats that can be read. */
export type FileFormat =
  'safetensors' | 'pytorch' | 'onnx' | 'keras' | 'h5' | 'weights.h5' | 'tfjs' | 'checkpoint';

/** A model's layers, and their parameters. */
export interface Parts {
  readonly layers: readonly { readonly name: string; readonly layer: Layer }[];
  readonly specs: Readonly<Record<string, ParameterSpecs>>;
}

/** What a file says of the model in it. */
export interface Network {
  readonly config: ModelConfig;
  /** What to know about it: what differs here. */
  readonly notes: readonly string[];
  /** The part of the file each layer is, where names alone do not say it. */
  readonly places?: Readonly<Record<string, string>>;
}

/** Parameters by their full names, `lstm.U`, and where the file had those of each layer. */
export interface Weights {
  readonly ours: ReadonlyMap<string, Source>;
  readonly places: Readonly<Record<string, string>>;
}

/** A file that has been read. */
export interface OpenFile {
  readonly format: FileFormat;
  readonly tensors: readonly FileTensor[];
  /**
   * What the model is; null where the file has only weights.
   * @throws InputError when it is damaged, or has what is not known here
   */
  readonly network: () => Promise<Network | null>;
  /**
   * Compares the checksum of a file of `exportModel`. What others wrote may have layers that are not known here,
   * and still weights for a model.
   * @returns what to know about the weights
   * @throws InputError when it is another
   */
  readonly verify: () => Promise<{ readonly notes: readonly string[] } | null>;
  /**
   * @param like  numbers of the type that the model has
   * @param names which part of the file a layer is, where that is not clear
   * @throws InputError when a layer or a tensor has no place, or its numbers do not fit
   */
  readonly weights: (parts: Parts, like: FloatArray, names: Readonly<Record<string, string>>) => Weights;
}
