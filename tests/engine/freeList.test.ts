import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFreeList } from '../../engine/wasm/platform/freeList.js';
import { forAll } from '../properties.js';

it('a free list gives out each byte to one owner at a time, and joins what comes back', () =>
  forAll(fc.array(fc.record({ take: fc.boolean(), size: fc.integer({ min: 0, max: 9 }) })), (acts) => {
    const END = 64;
    const list = createFreeList();
    list.give(0, END);
    const owned: { from: number; size: number }[] = [];
    const isOwned = (byte: number) => owned.some(({ from, size }) => byte >= from && byte < from + size);
    const longestGap = () => {
      let [gap, longest] = [0, 0];
      for (let byte = 0; byte < END; byte++) longest = Math.max(longest, (gap = isOwned(byte) ? 0 : gap + 1));
      return longest;
    };
    for (const { take, size } of acts) {
      if (take) {
        const from = list.take(size);
        // It refuses only when no gap is long enough.
        expect(from === null).toBe(size === 0 || longestGap() < size);
        if (from === null) continue;
        for (let byte = from; byte < from + size; byte++) expect(isOwned(byte)).toBe(false);
        owned.push({ from, size });
      } else {
        const [block] = owned.splice(size, 1);
        if (block) list.give(block.from, block.size);
      }
      expect(list.bytes()).toBe(END - owned.reduce((sum, { size }) => sum + size, 0));
    }
  }));
