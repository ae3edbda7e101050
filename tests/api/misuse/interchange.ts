/** Valid calls of what reads and writes files of other programs. */
import { createModel, dense, features, referenceKernels, type Kernels } from '../../../models/index.js';
import * as interchange from '../../../models/interchange/index.js';
import { options, type Calls } from './call.js';

const { describeFile, exportModel, importModel, importWeights } = interchange;

const modelOf = (kernels: Kernels) => createModel({ kernels, input: features(2), layers: [dense(2)] });
const [file] = (await exportModel(modelOf(referenceKernels(Float32Array)), 'pytorch')).values();

/** @param k float32 kernels, as for training */
export function interchangeCalls(k: Kernels): Calls {
  return {
    exportModel: () => ({
      run: exportModel,
      args: { model: modelOf(k), format: 'pytorch', 'options?': options({ 'outputs?': 'logits' }) },
    }),
    importModel: () => ({
      run: importModel,
      args: { files: file, options: options({ kernels: k, 'source?': 'file' }) },
      says: /^(importModel|the file|file): /,
    }),
    importWeights: () => ({
      run: importWeights,
      args: {
        model: modelOf(k),
        bytes: file,
        'options?': options({ 'source?': 'file', 'names?': { dense: 'dense' } }),
      },
      says: /^(importWeights|the file|file): /,
    }),
    describeFile: () => ({
      run: describeFile,
      args: { bytes: file, 'source?': 'file' },
      says: /^(describeFile|the file|file): /,
    }),
  };
}
