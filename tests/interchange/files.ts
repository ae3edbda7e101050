/** The files that PyTorch and safetensors wrote (pytorch/make.py), and what they compute. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(process.cwd(), 'tests', 'interchange', 'pytorch');

export const pathOf = (name: string) => join(folder, name);
export const fileOf = (name: string): Uint8Array => readFileSync(pathOf(name));

export const written = JSON.parse(readFileSync(pathOf('outputs.json'), 'utf8')) as {
  /** [T·B,D] */
  readonly x: number[];
  /** [T·B] */
  readonly ids: number[];
  /** [T·B,N], by file. */
  readonly outputs: Readonly<Record<string, number[]>>;
};
