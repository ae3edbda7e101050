/** Requirements on the compiled kernels as files. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

// WebAssembly Core Specification, 5.3.1 and 5.5.
const [TYPES, CODE, DATA] = [1, 10, 11];
const VECTOR = 0x7b;

/** The sections of a build, by their ids. */
function sectionsOf(name: string): Map<number, Uint8Array> {
  const bytes = readFileSync(new URL(`../../engine/wasm/${name}.wasm`, import.meta.url));
  const sections = new Map<number, Uint8Array>();
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at++]!;
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      more = bytes[at]! >= 128;
      size |= (bytes[at++]! & 127) << shift;
    }
    sections.set(id, bytes.subarray(at, at + size));
    at += size;
  }
  return sections;
}

describe.each(['simd', 'relaxed', 'hoisted', 'wide'])('%s.wasm', (name) => {
  it('contains no data section, which would overlap tensors in the arena', () => {
    const sections = [...sectionsOf(name).keys()];
    expect(sections).toContain(CODE);
    expect(sections).not.toContain(DATA);
  });
});

describe('wide.wasm', () => {
  it('has no function that takes or returns a vector: results of calls may not be joined (docs/wide.md)', () => {
    expect(sectionsOf('wide').get(TYPES)).not.toContain(VECTOR);
  });
});
