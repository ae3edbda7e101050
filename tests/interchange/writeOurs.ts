/** Writes the files that PyTorch is to read: `node dist/tests/interchange/writeOurs.js`, then `pytorch/make.py`. */
import { writeFileSync } from 'node:fs';
import { exportModel } from '../../models/interchange/index.js';
import { pathOf } from './files.js';
import { forPyTorch } from './networks.js';

for (const [name, make] of Object.entries(forPyTorch)) {
  for (const bytes of (await exportModel(make(), 'pytorch')).values())
    writeFileSync(pathOf(`${name}.safetensors`), bytes);
}
