/** What is in a model file, before anything is done with it. */
import { requireText } from '../../engine/checks.js';
import { requireFiles } from './checks.js';
import type { FileFormat } from './openedFile.js';
import { openFile } from './openFile.js';
import { refusing } from './refusal.js';

/** What is in a file. */
export interface FileDescription {
  readonly format: FileFormat;
  /** Whether it says what the model is, for `importModel`; otherwise it has weights only, for `importWeights`. */
  readonly hasModel: boolean;
  /** In the order of the file; types as safetensors calls them: F32, BF16, I64. */
  readonly tensors: readonly (readonly [name: string, type: string, shape: readonly number[]])[];
}

/**
 * The format of a file, by its content, and its tensors.
 * @param files  the bytes of a file, or files by name, where a model is several
 * @param source its name in error messages. Default: its name in `files`, or 'the file'
 * @throws InputError when it is of no known format, or damaged
 */
export async function describeFile(
  files: Uint8Array | ReadonlyMap<string, Uint8Array>,
  source?: string,
): Promise<FileDescription> {
  const { name, bytes, others } = requireFiles('describeFile', files);
  if (source !== undefined) requireText('describeFile: source', source);
  const { format, tensors, network } = await openFile(bytes, refusing(source ?? name), others);
  // What it says may be unknown here: `importModel` tells.
  const hasModel = await network().then(
    (said) => said !== null,
    () => true,
  );
  return { format, hasModel, tensors: tensors.map(({ name, type, shape }) => [name, type, shape]) };
}
