/** The files that other programs wrote (make.py in each folder), and what they compute. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = join(process.cwd(), 'tests', 'interchange');

/** @param from the folder: that of the program */
export const pathOf = (name: string, from = 'pytorch') => join(folder, from, name);
export const fileOf = (name: string, from?: string): Uint8Array => readFileSync(pathOf(name, from));

interface Written {
  /** [T·B,D] */
  readonly x: number[];
  /** [T·B] */
  readonly ids: number[];
  /** [T·B,N], by file. */
  readonly outputs: Readonly<Record<string, number[]>>;
}

const outputsIn = (name: string): unknown => JSON.parse(readFileSync(pathOf('outputs.json', name), 'utf8'));

export const written = outputsIn('pytorch') as Written;

/** Of ONNX: also what ONNX Runtime gives for our models, and the checksums of their files. */
export const writtenOnnx = () =>
  outputsIn('onnx') as Written & {
    readonly ours: Readonly<Record<string, { readonly sha256: string; readonly y: number[] }>>;
  };

/** A file that Keras wrote. */
export const kerasFile = (name: string): Uint8Array => gunzipSync(fileOf(`${name}.gz`, 'keras'));

/** Of Keras: also what it gives for our models, and the checksums of their files. */
export const writtenKeras = () =>
  outputsIn('keras') as Written & {
    /** [T·B], symbols with 0 at the end */
    readonly padded: readonly number[];
    readonly ours: Readonly<Record<string, { readonly sha256: string; readonly y: number[] }>>;
  };
