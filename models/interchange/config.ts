/** Our text in a file of another format: what the model is, and a checksum over all of the file. */
import { isModelConfig, type ModelConfig } from '../graph/modelConfig.js';
import { digestOf } from '../weights/digest.js';
import type { Refuse } from './refusal.js';

const VERSION = 1;

/** The text for the metadata of a file with this header, if it has one, and these bytes. */
export async function encodeConfig(model: ModelConfig, header: string, data: Uint8Array): Promise<string> {
  return JSON.stringify({ version: VERSION, sha256: await checksumOf(model, header, data), model });
}

const checksumOf = async (model: ModelConfig, header: string, data: Uint8Array) =>
  digestOf(JSON.stringify(model) + header, data);

/**
 * What the model of a file was; null if the file does not say it.
 * @param text our text in its metadata, if it is there; `header` and `data` as when it was written
 * @throws InputError when it is damaged, or its numbers are others than when it was written
 */
export async function decodeConfig(
  text: string | undefined,
  header: string,
  data: Uint8Array,
  refuse: Refuse,
): Promise<ModelConfig | null> {
  if (text === undefined) return null;
  const { version, sha256, model } = parse(text);
  if (version !== VERSION && Number.isSafeInteger(version))
    throw refuse(
      `written by another version of this library, with format ${String(version)}; known is ${VERSION}`,
    );
  if (!isModelConfig(model)) throw refuse('damaged: what it says of its model cannot be read');
  // What is nested too deep cannot be written again.
  const checksum = await checksumOf(model, header, data).catch(() => null);
  if (checksum === sha256) return model;
  throw refuse(
    'damaged, or changed by another program: its checksum does not match; without "unrolled" in its metadata it can be read as a file of others',
  );
}

function parse(text: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
}
