/** Free blocks of a memory, by address. Neighbours are joined, and the first block that fits is taken. */
export interface FreeList {
  /** The address of `size` free bytes, which are no longer free; null if there are none in one piece. */
  take(size: number): number | null;
  /** Frees a block. */
  give(address: number, size: number): void;
  /** How many bytes are free. */
  bytes(): number;
}

export function createFreeList(): FreeList {
  /** In rising order, never adjacent. */
  const blocks: { from: number; to: number }[] = [];

  return {
    take(size) {
      if (size === 0) return null;
      const n = blocks.findIndex(({ from, to }) => to - from >= size);
      if (n < 0) return null;
      const block = blocks[n]!;
      const address = block.from;
      block.from += size;
      if (block.from === block.to) blocks.splice(n, 1);
      return address;
    },
    give(address, size) {
      if (size === 0) return;
      let [from, to] = [address, address + size];
      let n = blocks.findIndex((block) => block.from > address);
      if (n < 0) n = blocks.length;
      let first = n;
      if (blocks[n - 1]?.to === from) from = blocks[(first = n - 1)]!.from;
      if (blocks[n]?.from === to) to = blocks[n++]!.to;
      blocks.splice(first, n - first, { from, to });
    },
    bytes: () => blocks.reduce((sum, { from, to }) => sum + to - from, 0),
  };
}
