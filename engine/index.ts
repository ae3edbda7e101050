/** The engine: tensors, kernels, parameters, and what trains them. */
export { sigmoid, tanh } from './activations.js';
export { clipByGlobalNorm, clipByNorm, clipByValue, type Clip } from './clipping.js';
export { createKernels, type KernelsOptions } from './createKernels.js';
export { InputError } from './errors.js';
export { checkGradient, checkProjection, type CheckOptions, type GradientError } from './gradientCheck.js';
export {
  blocks,
  glorotUniform,
  normal,
  orthogonal,
  uniform,
  zeros,
  type Initializer,
} from './initializers.js';
export type { Kernels, Loop, Phase, Region, Work } from './kernels.js';
export { declaredPasses, isKernelsOnly, kernelsOnly, type Pass } from './kernelsOnly.js';
export * from './optimizers/index.js';
export {
  createParameters,
  type Parameter,
  type Parameters,
  type ParameterSpec,
  type ParameterSpecs,
  type Tensors,
} from './parameters.js';
export { createRandom, fromState, type Random, type RandomState } from './random.js';
export { referenceKernels } from './reference/index.js';
export { meanElementLoss, type ElementLoss } from './reference/losses.js';
export * from './schedules/index.js';
export {
  columns,
  rows,
  sizeOf,
  tensor,
  transpose,
  type FloatArray,
  type Indices,
  type Tensor,
} from './tensor.js';
