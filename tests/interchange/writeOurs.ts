/**
 * Writes the files that other programs are to read: `node dist/tests/interchange/writeOurs.js FOLDER`, then the make.py
 * of each folder. Those for ONNX and Keras are in FOLDER, with a list of them each, as onnx/make.py and keras/make.py
 * expect.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeHdf5 } from '../../models/interchange/hdf5/write.js';
import { exportModel } from '../../models/interchange/index.js';
import { pathOf } from './files.js';
import { hdf5Path, varied } from './hdf5Trees.js';
import { forKeras } from './kerasNetworks.js';
import { forOnnx, forPyTorch, inputFor, T } from './networks.js';

for (const [name, make] of Object.entries(forPyTorch)) {
  for (const bytes of (await exportModel(make(), 'pytorch')).values())
    writeFileSync(pathOf(`${name}.safetensors`), bytes);
}
writeFileSync(hdf5Path('ours.h5.gz'), gzipSync(writeHdf5(varied)));

const [folder] = process.argv.slice(2);
if (folder) {
  const list: object[] = [];
  for (const [name, make, steps] of forOnnx) {
    const model = make();
    const [bytes] = (await exportModel(model, 'onnx')).values();
    const file = `${list.length}.onnx`;
    writeFileSync(join(folder, file), bytes!);
    list.push({ name, file, steps, input: inputFor(model, steps) });
  }
  writeFileSync(join(folder, 'list.json'), JSON.stringify(list));

  const inKeras = forKeras.map(async ([name, make, outputs], n) => {
    const model = make();
    const [bytes] = (await exportModel(model, 'keras', { outputs })).values();
    const file = `${n}.keras`;
    writeFileSync(join(folder, file), bytes!);
    return { name, file, ...model.input, input: inputFor(model, T) };
  });
  writeFileSync(join(folder, 'keras.json'), JSON.stringify(await Promise.all(inKeras)));
}
