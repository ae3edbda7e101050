/** Models of tfjs as files, and back, without a disk. */
import { io, tensor, tidy, transpose, type Tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { B } from './networks.js';

const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Files by name, as tfjs saves them. */
export type Files = Map<string, Uint8Array>;

/** What is in model.json. */
export type ModelJson = Record<string, unknown> & {
  modelTopology: Record<string, unknown>;
  weightsManifest: { paths: string[]; weights: Record<string, unknown>[] }[];
};

export const jsonOf = (files: Files) =>
  JSON.parse(new TextDecoder().decode(files.get('model.json'))) as ModelJson;

/** The files with another model.json. */
export const withJson = (files: Files, json: object): Files =>
  new Map([...files, ['model.json', text(json)]]);

/** What tfjs saves; the numbers in two files. */
export async function savedBy(model: LayersModel): Promise<Files> {
  const files: Files = new Map();
  const save = io.withSaveHandler((artifacts) => {
    const bytes = new Uint8Array(artifacts.weightData as ArrayBuffer);
    const paths = ['group1-shard1of2.bin', 'group1-shard2of2.bin'];
    const { modelTopology, format, generatedBy, convertedBy } = artifacts;
    const weightsManifest = [{ paths, weights: artifacts.weightSpecs }];
    // The text is not the first one, as in a folder's list.
    files.set(paths[0]!, bytes.slice(0, 10)).set(paths[1]!, bytes.slice(10));
    files.set('model.json', text({ modelTopology, format, generatedBy, convertedBy, weightsManifest }));
    return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
  });
  await model.save(save);
  return files;
}

/** A model from files, by the reader that tfjs has for its own. */
export function loadedBy(files: Files): Promise<LayersModel> {
  const json = jsonOf(files) as unknown as io.ModelJSON;
  const paths = json.weightsManifest.flatMap((group) => group.paths);
  const weightData = Buffer.concat(paths.map((path) => files.get(path)!));
  const weightSpecs = json.weightsManifest.flatMap((group) => group.weights);
  const load = () =>
    io.getModelArtifactsForJSON(json, () =>
      Promise.resolve([weightSpecs, Uint8Array.from(weightData).buffer] as [
        io.WeightsManifestEntry[],
        ArrayBuffer,
      ]),
    );
  return loadLayersModel({ load });
}

/** What a model gives for [T·B,D], or [T·B] symbols, step by step; of symbols perhaps one-hot rows of a width. */
export function outputOfTfjs(model: LayersModel, input: readonly number[], width: number): number[] {
  return tidy(() => {
    const isSymbols = model.inputs[0]!.shape.length === 2;
    const shape = isSymbols ? [input.length / B, B] : [input.length / B / width, B, width];
    const given = tensor([...input], shape, isSymbols ? 'int32' : 'float32');
    const swapped = transpose(given, isSymbols ? [1, 0] : [1, 0, 2]);
    const y = model.predict(swapped) as Tensor;
    return [...(y.shape.length === 3 ? transpose(y, [1, 0, 2]) : y).dataSync()];
  });
}
