/** What browsers get instead of files (engine/wasm/buildBrowser.js). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readBuild } from '../../engine/wasm/platform/embedded.js';
import { readBuild as readFile } from '../../engine/wasm/platform/files.js';

describe('The builds of browsers', () => {
  it.each(['hoisted', 'simd'] as const)('%s has the bytes of the file', async (name) => {
    expect(Buffer.from((await readBuild(name))!)).toEqual(Buffer.from((await readFile(name))!));
  });

  it.each(['wide', 'relaxed'] as const)('do not contain %s', async (name) => {
    expect(await readBuild(name)).toBeNull();
  });
});

describe('The module for pages without a bundler', () => {
  it.each(['unrolled', 'datasets', 'isolate'])(
    '%s imports nothing, and makes no code from strings',
    (name) => {
      const code = readFileSync(new URL(`../../browser/${name}.js`, import.meta.url), 'utf8');
      expect(code.match(/\bimport\s*[("'{*]|\bnew Function|\beval\(/g)).toBeNull();
    },
  );
});
