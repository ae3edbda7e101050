/**
 * The models: layers around cells, the unrolled graph, and its trainer. This is also the package's entry
 * point, so it re-exports the cells and the engine.
 */
export * from '../cells/index.js';
export * from '../engine/index.js';
export {
  activations,
  elementwiseActivation,
  type Activation,
  type ActivationName,
  type ElementwiseActivation,
} from './activations/index.js';
export type { Examples, GraphOptions } from './training/batches.js';
export { decode, type DecodeOptions } from './inference/decode.js';
export { generate } from './inference/generate.js';
export { predict, type PredictOptions } from './inference/predict.js';
export { sample, softmax, type SampleOptions } from './inference/sample.js';
export type { Numbers, Shaped } from './data/nested.js';
export { sequences, type Sequences, type SequencesOptions } from './data/sequences.js';
export { bidirectional, type BidirectionalOptions } from './recurrent/bidirectional.js';
export { createYield } from './training/eventLoop.js';
export { decodeCheckpoint, encodeCheckpoint, restoreTrainer, type Checkpoint } from './weights/checkpoint.js';
export type { Description, NodeDescription } from './inspect/description.js';
export { DISPOSE } from './graph/dispose.js';
export { dense, type DenseOptions } from './layers/dense.js';
export { dropout, spatialDropout1D } from './layers/dropout.js';
export { embedding, type EmbeddingOptions } from './layers/embedding.js';
export { encoderDecoder, type EncoderDecoderOptions } from './recurrent/encoderDecoder.js';
export { repeatVector } from './layers/repeatVector.js';
export { createEvaluator, type Evaluator, type EvaluatorOptions } from './training/evaluate.js';
export { fit } from './training/fit.js';
export type { StopSignal } from './training/stopSignal.js';
export { classWeights } from './training/classWeights.js';
export type { Callback, Training, Watching } from './training/callback.js';
export { earlyStopping, type EarlyStoppingOptions } from './training/earlyStopping.js';
export type { EpochRecord, ValidationFigures } from './training/epochRecord.js';
export { initialFitState, type FitOptions, type FitState, type StepReport } from './training/fitOptions.js';
export { measure, type MeasureOptions } from './training/measure.js';
export type { MonitorOptions } from './training/monitor.js';
export { reduceOnPlateau, type PlateauOptions } from './training/reduceOnPlateau.js';
export type { RowWeights } from './graph/lossNode.js';
export type { AnyLoss, Graph, LabelsOf, UnrollOptions } from './graph/graph.js';
export * from './losses/index.js';
export type { CellOptions } from './recurrent/cellContext.js';
export {
  defineLayer,
  layer,
  type CarriedState,
  type Layer,
  type UnrollContext,
  type UnrollResult,
} from './layers/layer.js';
export { layerNormalization, type LayerNormalizationOptions } from './layers/layerNormalization.js';
export { node, type GraphNode } from './layers/node.js';
export { isIndices, type Accepts, type Gathered, type RowsOf, type Signal } from './layers/signal.js';
export type { MergeMode } from './recurrent/merge.js';
export * from './training/metrics/index.js';
export {
  createModel,
  features,
  oneHot,
  type InputSpec,
  type Model,
  type ModelOptions,
} from './graph/model.js';
export { recurrent, type RecurrentOptions } from './recurrent/recurrent.js';
export { residual } from './layers/residual.js';
export type { SavedTensor } from './weights/safetensors.js';
export type { SavedStates } from './training/carriedStates.js';
export { timeDistributed } from './layers/timeDistributed.js';
export { createTrainer, type Trainer } from './training/trainer.js';
export { createLayer } from './configs/createLayer.js';
export type { Json, LayerConfig } from './layers/config.js';
export type { ModelConfig } from './graph/modelConfig.js';
export { unroll } from './graph/unroll.js';
export { fromLayout, toLayout, type LayoutNames, type WeightLayout } from './weights/weightLayouts.js';
export { describe } from './inspect/describe.js';
export { toDot } from './inspect/picture/dot.js';
export { toSvg } from './inspect/picture/svg.js';
export { trace, type LayerTrace } from './inspect/trace.js';
export type { UnrolledLayer } from './graph/graph.js';
export type { CellShape, TimeMajor, UnrolledCell } from './layers/unrolledCell.js';
