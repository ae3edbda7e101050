/**
 * The models: layers around cells, the unrolled graph, and its trainer. This is also the package's front door, so
 * the cells and the engine are offered here too.
 */
export * from '../cells/index.js';
export * from '../engine/index.js';
export type { Examples, GraphOptions } from './batches.js';
export { bidirectional, type BidirectionalOptions } from './bidirectional.js';
export { createBreath } from './breath.js';
export { decodeCheckpoint, encodeCheckpoint, restoreTrainer, type Checkpoint } from './checkpoint.js';
export type { Description, NodeDescription } from './description.js';
export { dense } from './dense.js';
export { dropout, spatialDropout1D } from './dropout.js';
export { embedding, type EmbeddingOptions } from './embedding.js';
export { encoderDecoder, type EncoderDecoderOptions } from './encoderDecoder.js';
export { repeatVector } from './repeatVector.js';
export { createEvaluator, type Evaluator, type EvaluatorOptions } from './evaluate.js';
export { fit, START, type EpochRecord, type FitOptions, type Position, type StepReport } from './fit.js';
export type { Graph, LossName, UnrollOptions } from './graph.js';
export type {
  CarriedState,
  GraphNode,
  Layer,
  LayerTrace,
  Lookup,
  RowsOf,
  Signal,
  TraceOf,
  Unrolled,
  Unrolling,
} from './layer.js';
export type { MergeMode } from './merge.js';
export { argmax, createAccuracy, type Accuracy } from './metrics.js';
export { createModel, features, oneHot, type InputSpec, type Model, type ModelOptions } from './model.js';
export { recurrent, type RecurrentOptions } from './recurrent.js';
export type { SavedTensor } from './safetensors.js';
export type { SavedStates } from './states.js';
export { timeDistributed } from './timeDistributed.js';
export { createTrainer, type Trainer } from './trainer.js';
export { unroll } from './unroll.js';
export { fromLayout, toLayout, type WeightLayout } from './weightLayouts.js';
