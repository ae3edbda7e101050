/**
 * Reads a Parquet file once for each of its bytes, with that byte changed, in a process of its own:
 * `node dist/tests/tasks/parquetDamage.js FILE`. Prints the most memory it had, in bytes.
 */
import { readFileSync } from 'node:fs';
import { DataError } from '../../datasets/index.js';
import { InputError } from '../../models/index.js';
import { bytesOfArray } from '../../tasks/parquet/bytes.js';
import { readParquet } from '../../tasks/parquet/readParquet.js';

const whole = new Uint8Array(readFileSync(process.argv[2]!));
for (let place = 0; place < whole.length; place++) {
  const content = whole.slice();
  content[place] = place % 2 ? 0xff : whole[place]! ^ 1;
  await readParquet(bytesOfArray(content), () => 'load', 'x').catch((error: unknown) => {
    if (!(error instanceof DataError || error instanceof InputError)) throw error;
  });
}
console.log(1024 * process.resourceUsage().maxRSS);
