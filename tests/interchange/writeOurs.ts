/** Writes the files that PyTorch and h5py are to read: `node dist/tests/interchange/writeOurs.js`, then the make.py of each folder. */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { writeHdf5 } from '../../models/interchange/hdf5/write.js';
import { exportModel } from '../../models/interchange/index.js';
import { pathOf } from './files.js';
import { hdf5Path, varied } from './hdf5Trees.js';
import { forPyTorch } from './networks.js';

for (const [name, make] of Object.entries(forPyTorch)) {
  for (const bytes of (await exportModel(make(), 'pytorch')).values())
    writeFileSync(pathOf(`${name}.safetensors`), bytes);
}
writeFileSync(hdf5Path('ours.h5.gz'), gzipSync(writeHdf5(varied)));
