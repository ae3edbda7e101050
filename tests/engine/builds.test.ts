/** Requirements on the compiled kernels as files. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** The section ids of a WebAssembly module. (WebAssembly Core Specification, 5.5.) */
function sectionsOf(bytes: Uint8Array): number[] {
  const sections = [];
  for (let at = 8; at < bytes.length;) {
    sections.push(bytes[at++]!);
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      more = bytes[at]! >= 128;
      size |= (bytes[at++]! & 127) << shift;
    }
    at += size;
  }
  return sections;
}

describe.each(['simd', 'relaxed', 'hoisted', 'wide'])('%s.wasm', (name) => {
  it('contains no data section, which would overlap tensors in the arena', () => {
    const sections = sectionsOf(readFileSync(new URL(`../../engine/wasm/${name}.wasm`, import.meta.url)));
    const [CODE, DATA] = [10, 11];
    expect(sections).toContain(CODE);
    expect(sections).not.toContain(DATA);
  });
});
