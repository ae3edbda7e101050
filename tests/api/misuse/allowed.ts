/** Values that look wrong but are right, by path, and why. */

/** @property values names of values, by path of the argument or option; `*`: all */
interface Allowed {
  readonly why: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A path of each of both kernels. */
const kernels = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([path, names]) => [
      [`wasm.${path}`, names],
      [`reference.${path}`, names],
    ]),
  );

const each = (paths: string, values: string) =>
  Object.fromEntries(paths.split(' ').map((path) => [path, values]));

/** The names of files in messages. */
const sources = (paths: string) => each(paths.replace(/(?= |$)/g, '.source'), '"" "x"');

export const allowed: readonly Allowed[] = [
  {
    why: 'a label, whatever the model',
    values: {
      ...each('accuracy.options.ignore topKAccuracy.options.ignore perplexity.options.ignore', '-1 0 1e9'),
      ...each('confusionMatrix.options.ignore precision.options.ignore', '-1 0 1e9'),
      ...each('recall.options.ignore f1.options.ignore', '-1 0 1e9'),
      ...each('precision.options.label recall.options.label f1.options.label', '0 1e9'),
      'topKAccuracy.options.k': '1e9',
    },
  },
  {
    why: 'figures and limits of callbacks',
    values: {
      ...each('earlyStopping.options reduceOnPlateau.options accuracy.options topKAccuracy.options', '{}'),
      ...each('perplexity.options confusionMatrix.options precision.options recall.options f1.options', '{}'),
      ...each('earlyStopping.options.monitor reduceOnPlateau.options.monitor', '"" "x"'),
      ...each('earlyStopping.options.minDelta reduceOnPlateau.options.minDelta', '0 1.5 1e9'),
      ...each('earlyStopping.options.patience reduceOnPlateau.options.patience', '0 1e9'),
      ...each('reduceOnPlateau.options.cooldown', '0 1e9'),
      'reduceOnPlateau.options.rate': '0 1.5 1e9 () => {}',
      'reduceOnPlateau.options.least': '0 1.5 1e9',
      'argmax.data': 'longer',
      ...each('fit.options.batch fit.options.accumulate createEvaluator.options.batch', '1e9'),
      ...each('fit.options.shuffle fit.options.signal evaluator.evaluate.signal', 'null'),
      'createTrainer.clip': 'null,() => {}',
      ...each('fit.options.onStep fit.options.onEpoch fit.options.onBatch', '() => {}'),
      ...each('createEvaluator.options.onBatch elementwiseLoss.element', '() => {}'),
      'unroll.options.weights': '() => {}',
      ...each('fit.options.callbacks measure.options.metrics', '[]'),
      ...each('createEvaluator.options.unroll measure.options', '{}'),
      'measure.options.validation': 'null',
      'argmax.from': '0',
    },
  },
  {
    why: 'not every initializer draws numbers, or calls kernels',
    values: each('zeros.random zeros.k glorotUniform.k orthogonal.k uniform(1).k normal(1).k', '*'),
  },
  {
    why: 'a size that exists; only a model takes up memory',
    values: {
      ...each(
        'oneHot.size oneHot.columns features.width dense.units embedding.units createLayer.config.units',
        '1e9',
      ),
      ...each('recurrent.options.units bidirectional.options.units encoderDecoder.options.units', '1e9'),
      ...each('encoderDecoder.options.sourceSteps repeatVector.steps', '1e9'),
      ...each('gateParameters.D gateParameters.H', '0 1e9'),
      'gateParameters.G': '1e9',
    },
  },
  {
    why: 'a function, as it should be',
    values: each(
      'node.given.forward node.given.backward gateParameters.bias elementwiseActivation.given.f ' +
        'elementwiseActivation.given.slope',
      '() => {}',
    ),
  },
  {
    why: 'options may be none',
    values: {
      ...each('createKernels.options checkGradient.options checkProjection.options predict.options', '{}'),
      ...each('adam.options rmsprop.options adagrad.options sgd.options dense.options', '{}'),
      ...each('exportModel.options importWeights.options importWeights.options.names', '{}'),
      ...each('embedding.options layerNormalization.options toLayout.names fromLayout.names', '{}'),
      ...each('measure.options earlyStopping.options reduceOnPlateau.options topKAccuracy.options', '{}'),
      ...each('accuracy.options perplexity.options confusionMatrix.options f1.options', '{}'),
      ...each('precision.options recall.options', '{}'),
    },
  },
  {
    why: 'true where false is the default, or the other way round',
    values: {
      ...each('createKernels.options.wide unroll.options.training unroll.options.inputGradient', 'true'),
      ...each('unroll.options.initialStateGradient unroll.options.mask unroll.options.weights', 'true'),
      ...each('sgd.options.nesterov exponential.options.staircase embedding.options.maskZero', 'true'),
      ...each('recurrent.options.returnSequences recurrent.options.stateful', 'true'),
      ...each('recurrent.options.dropoutPerGate recurrent.options.goBackwards', 'true'),
      ...each('bidirectional.options.returnSequences bidirectional.options.stateful', 'true'),
      ...each('bidirectional.options.dropoutPerGate encoderDecoder.options.dropoutPerGate', 'true'),
      ...each('elementwiseActivation.given.isProbability', 'true'),
      'earlyStopping.options.restoreBest': 'true',
      ...kernels(each('matmul.accumulate gather.accumulate sgd.nesterov', 'true')),
    },
  },
  {
    why: 'no loss, no gradient, no state',
    values: {
      ...each('unroll.options.loss predict.options.loss meanElementLoss.dx', 'null'),
      ...each('sample.options.topK sample.options.topP generate.options.topK generate.options.topP', 'null'),
      ...each('sequences.options.y sequences.options.lengths sequences.options.weights', 'null'),
      'decode.options.end': 'null',
      ...kernels({
        ...each('softmaxCrossEntropy.dx binaryCrossEntropy.dx meanSquaredError.dx', 'null'),
      }),
    },
  },
  {
    why: 'a number within its limits',
    values: {
      ...each('checkGradient.options.step checkGradient.options.floor', '1.5 1e9'),
      ...each('checkProjection.options.step checkProjection.options.floor', '1.5 1e9'),
      ...each('createRandom.seed createVocabulary.most', '0 1e9'),
      'random.integer.n': '1e9',
      ...each(
        'adam.options.rate rmsprop.options.rate adagrad.options.rate sgd.options.rate',
        '0 1.5 1e9 () => {}',
      ),
      ...each('adam.options.epsilon rmsprop.options.epsilon adagrad.options.epsilon', '1.5 1e9'),
      ...each('adam.options.weightDecay rmsprop.options.weightDecay', '0 1.5 1e9'),
      ...each('adagrad.options.weightDecay sgd.options.weightDecay', '0 1.5 1e9'),
      ...each('adam.options.beta1 adam.options.beta2 rmsprop.options.rho sgd.options.momentum', '0'),
      'adagrad.options.initialSum': '0 1.5 1e9',
      ...each('uniform.limit normal.deviation', '0 1.5 1e9'),
      'createModel.options.seed': '0 1e9',
      ...each('recurrent.options.dropout recurrent.options.recurrentDropout', '0'),
      ...each('bidirectional.options.dropout bidirectional.options.recurrentDropout', '0'),
      ...each('encoderDecoder.options.dropout encoderDecoder.options.recurrentDropout', '0'),
      ...each('dropout.rate spatialDropout1D.rate', '0'),
      'layerNormalization.options.epsilon': '1.5 1e9',
      ...kernels({ 'normalize.epsilon': '0 1.5 1e9' }),
      ...each('linear.options.from linear.options.to cosine.options.from cosine.options.to', '0 1.5 1e9'),
      ...each('exponential.options.from warmup.options.from warmup.options.then rateAt.rate', '0 1.5 1e9'),
      ...each('linear.options.steps cosine.options.steps exponential.options.steps', '1.5 1e9'),
      'exponential.options.factor': '1.5 1e9',
      ...each('warmup.options.steps rateAt.step predict.options.batch', '1e9'),
      'sample.options.topK': '1e9',
      ...each('clipByGlobalNorm.limit clipByNorm.limit clipByValue.limit softmax.temperature', '1.5 1e9'),
      ...each('sample.options.temperature generate.options.temperature', '0 1.5 1e9'),
      'generate.options.topK': '1e9',
      ...each('generate.n decode.options.start decode.options.end', '0'),
      'decode.options.lengthPenalty': '0 1.5 1e9',
      ...each('random.permutation.n padLeft.length syntheticLoad.days', '0'),
      ...each('rows.from columns.from', '0'),
      ...kernels({
        ...each('fill.value scale.factor', 'NaN Infinity -1 0 1.5 1e9'),
        'clamp.limit': 'Infinity 0 1.5 1e9',
        ...each(
          'decay.fraction sgd.rate sgd.momentum adam.rate adam.beta1 adam.beta2 adam.epsilon',
          '0 1.5 1e9',
        ),
        ...each('rmsprop.rate rmsprop.rho rmsprop.inside rmsprop.outside', '0 1.5 1e9'),
        ...each('adagrad.rate adagrad.inside adagrad.outside', '0 1.5 1e9'),
        'softmax.temperature': 'Infinity 1.5 1e9',
        'plan.partition.partition': '1e9',
      }),
    },
  },
  {
    why: 'null is none of it, and a number within its limits',
    values: {
      ...each('predict.options', '{}'),
      ...each('sequences.options.y sequences.options.lengths sequences.options.weights', 'null'),
      ...each('sequences.split.random predict.options.loss', 'null'),
      ...each('sample.options.topK generate.options.topK', 'null 1e9'),
      ...each('sample.options.topP generate.options.topP', 'null'),
      ...each('sample.options.temperature generate.options.temperature', '0 1.5 1e9'),
      'softmax.temperature': '1.5 1e9',
      'predict.options.batch': '1e9',
      'generate.n': '0',
      'decode.options.end': 'null 0',
      'decode.options.start': '0',
      'decode.options.lengthPenalty': '0 1.5 1e9',
    },
  },
  {
    why: 'a tensor without entries, as of a model without parameters',
    values: {
      ...kernels(each('zeros.rows zeros.columns indices.size', '0')),
      'createParameters.specs': '{}',
      'sizeOf.shape': '[]',
    },
  },
  {
    why: 'any name will do',
    values: {
      ...each(
        'meanElementLoss.name createRandom.stream decodeCheckpoint.source restoreTrainer.source',
        '"" "x"',
      ),
      ...each('toLayout.names.prefix toLayout.names.suffix', '"" "x"'),
      ...each('fromLayout.names.prefix fromLayout.names.suffix', '""'),
      ...sources('importModel.options importWeights.options describeFile readSentences'),
      ...sources('treebankSentences brownSentences parallelSentences.file readSeries taggedSentences'),
      ...sources('decodeNpy textLines decodeBytes conllSentences wordTagSentences'),
      ...kernels(each('loop.name region.kind', '"" "x"')),
      ...each('node.given.name elementwiseActivation.given.name elementwiseLoss.name', '"" "x"'),
      'layer.name': '"x"',
    },
  },
  {
    why: 'a text, a list or bytes, with other contents',
    values: {
      ...each('encodeText.text cleanText.text withoutGutenbergFrame.text brownTag.tag', '"" "x"'),
      ...each('tokenize.text countOutsideAscii.text plainPunctuation.text', '"" "x"'),
      ...each('countWords.sentences vocabularyOf.known padLeft.sequence', '[]'),
      ...each('encodeNpy.values decodeText.ids trimGaps.readings', 'longer'),
      'readSeries.choice': 'null',
      'encodeCheckpoint.state': 'null -1 0 1.5 1e9 "" "x" true [] {}',
    },
  },
  {
    why: 'functions and objects without passes declare nothing',
    values: {
      'kernelsOnly.value': '[] {} () => {}',
      'kernelsOnly.passes': '[]',
      ...kernels({ 'loop.loop': '() => {}', 'plan.phases': '[]', 'plan.work.work': '[]' }),
    },
  },
  {
    why: 'a question, answered with no for anything else',
    values: each('declaredPasses.value isKernelsOnly.work isIndices.x', '*'),
  },
  {
    why: 'arithmetic in the inner loops of cells: NaN for what is no number, as in Math',
    values: each('sigmoid.x tanh.x', '*'),
  },
  {
    why: 'a tensor of any size; rows of indices are rows, too',
    values: {
      ...each('rows.t', 'longer,other numbers'),
      ...each('columns.x transpose.x glorotUniform.t orthogonal.t', 'longer'),
      ...each('zeros.t uniform(1).t normal(1).t', 'longer,other rank'),
      ...each('reference.fill.out reference.scale.out reference.clamp.out', 'longer,other rank'),
      ...each('reference.sumOfSquares.x reference.plan.constant reference.decay.w', 'longer,other rank'),
      ...each('reference.setRows.out reference.sumRows.x', 'longer'),
      ...each('reference.gather.table reference.scatterAdd.table', 'longer'),
    },
  },
];
