#!/usr/bin/env bash
# A column without a single value cannot be unpacked by hyparquet-compressors if it was packed by LZ4.
#
# What is surprising: A column whose values are all missing still has a dictionary page, of 0 bytes. LZ4 packs nothing
# into one byte, 0: no letters, no copy. The unpacker takes it for the beginning of a copy.
#
# Library:        hyparquet 1.33.0 with hyparquet-compressors 1.1.2; the files are from pyarrow 26.0.1.
# Expected:       A list of missing values, as for all other packers.
# What happens:   "lz4 offset out of range 0", for the column and so for the table.
# Why it matters: A sensor that sends nothing for a while has such a column in one of the groups of rows. Give the
#                 reader an unpacker of your own, which returns nothing where nothing is expected.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --no-cache-dir --disable-pip-version-check pyarrow==26.0.1
npm install --silent --no-save hyparquet@1.33.0 hyparquet-compressors@1.1.2

cat > write.py <<'PY'
import pyarrow
import pyarrow.parquet

table = pyarrow.table({"load": pyarrow.array([None] * 5, pyarrow.float64())})
for packer in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
    pyarrow.parquet.write_table(table, f"{packer}.parquet", compression=packer)
    assert pyarrow.parquet.read_table(f"{packer}.parquet") == table
PY
venv/bin/python write.py

cat > finding.mjs <<'JS'
import assert from 'node:assert/strict';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

async function read(packer, unpackers) {
  const file = await asyncBufferFromFile(`${packer}.parquet`);
  const found = await parquetReadObjects({ file, compressors: unpackers }).catch(({ message }) => message);
  console.log(packer.padEnd(8), JSON.stringify(found));
  return found;
}

const missing = Array.from({ length: 5 }, () => ({ load: null }));
for (const packer of ['none', 'snappy', 'gzip', 'zstd', 'brotli'])
  assert.deepEqual(await read(packer, compressors), missing);
assert.equal(await read('lz4', compressors), 'lz4 offset out of range 0');

const LZ4_RAW = (bytes, size) => (size === 0 ? new Uint8Array(0) : compressors.LZ4_RAW(bytes, size));
assert.deepEqual(await read('lz4', { ...compressors, LZ4_RAW }), missing);
JS
node finding.mjs
