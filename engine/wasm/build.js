/**
 * Builds the kernels from assembly/, into dist/engine/wasm:
 *
 *     simd      WebAssembly SIMD
 *     relaxed   the same with product and sum fused
 *     hoisted   relaxed, its constants out of the loops (hoistConstants.js)
 *     wide      hoisted, its vectors in pairs (pairVectors.js) and its tiles of six rows
 *
 *     node engine/wasm/build.js
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { URL } from 'node:url';
import asc from 'assemblyscript/asc';
import binaryen from 'binaryen';
import { hoistConstants } from './hoistConstants.js';
import { pairVectors } from './pairVectors.js';

const HERE = new URL('./', import.meta.url);
const OUT = new URL('../../dist/engine/wasm/', import.meta.url);

const relaxed = await compile('relaxed', asItIs);
mkdirSync(OUT, { recursive: true });
write('simd', await compile('simd', asItIs), asItIs);
write('relaxed', relaxed, asItIs);
write('hoisted', relaxed, hoistConstants);
write('wide', await compile('relaxed', widen), hoistConstants);

/** @param {string} text @returns {string} */
function asItIs(text) {
  return text;
}

/** The sources of the wide build. @param {string} text @returns {string} */
function widen(text) {
  return pairVectors(text).replace('const WIDE = false', 'const WIDE = true');
}

/**
 * @param {'simd' | 'relaxed'} target see asconfig.json
 * @param {(text: string) => string} change of each source file
 * @returns {Promise<Uint8Array>} the module
 */
async function compile(target, change) {
  let module;
  const { error, stderr } = await asc.main(['--config', 'asconfig.json', '--target', target], {
    readFile(name) {
      const file = new URL(name, HERE);
      return existsSync(file) ? change(readFileSync(file, 'utf8')) : null;
    },
    writeFile: (_, contents) => void (module = contents),
    listFiles: () => [],
  });
  if (error) throw new Error(`${target}: ${error.message}\n${stderr}`);
  return module;
}

/**
 * @param {string} name of the file
 * @param {Uint8Array} binary a module
 * @param {(text: string) => string} change of its text form
 */
function write(name, binary, change) {
  const module = binaryen.parseText(change(binaryen.readBinary(binary).emitText()));
  module.setFeatures(binaryen.Features.All);
  exportFunctions(module);
  if (!module.validate()) throw new Error(`${name}: the module is invalid`);
  writeFileSync(new URL(`${name}.wasm`, OUT), module.emitBinary());
}

/** Exports the functions that others call, too: only exported ones can be optimized at once (platform/optimize.ts). */
function exportFunctions(module) {
  for (let n = 0; n < module.getNumFunctions(); n++) {
    const { name } = binaryen.getFunctionInfo(module.getFunctionByIndex(n));
    const short = name.split('/').at(-1);
    if (!module.getExport(short)) module.addFunctionExport(name, short);
  }
}
