/**
 * The FMA peak: products and sums in registers only, an upper bound for any matrix product.
 *
 * All sums are stored, so that none can be optimized away. Factor and term are arguments, because V8 would
 * rebuild constants in each round.
 */

/** Where the sums are stored. Passed as an argument, because V8 pairs addresses that are a local plus a constant. */
export const SUMS: usize = memory.data(12 * 32);

export const FLOPS_PER_ROUND_128: i32 = 10 * 4 * 2;
export const FLOPS_PER_ROUND_256: i32 = 12 * 8 * 2;

@inline
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

/** Ten independent sums, four numbers wide. Stored 32 bytes apart, so that they are never taken for pairs. */
export function peak128(sums: usize, rounds: i32, factor: f32, term: f32): void {
  const x = f32x4.splat(factor);
  const y = f32x4.splat(term);
  let a = v128.load(sums);
  let b = v128.load(sums, 32);
  let c = v128.load(sums, 64);
  let d = v128.load(sums, 96);
  let e = v128.load(sums, 128);
  let f = v128.load(sums, 160);
  let g = v128.load(sums, 192);
  let h = v128.load(sums, 224);
  let i = v128.load(sums, 256);
  let j = v128.load(sums, 288);
  for (let round = 0; round < rounds; round++) {
    a = multiplyAdd(a, x, y);
    b = multiplyAdd(b, x, y);
    c = multiplyAdd(c, x, y);
    d = multiplyAdd(d, x, y);
    e = multiplyAdd(e, x, y);
    f = multiplyAdd(f, x, y);
    g = multiplyAdd(g, x, y);
    h = multiplyAdd(h, x, y);
    i = multiplyAdd(i, x, y);
    j = multiplyAdd(j, x, y);
  }
  v128.store(sums, a);
  v128.store(sums, b, 32);
  v128.store(sums, c, 64);
  v128.store(sums, d, 96);
  v128.store(sums, e, 128);
  v128.store(sums, f, 160);
  v128.store(sums, g, 192);
  v128.store(sums, h, 224);
  v128.store(sums, i, 256);
  v128.store(sums, j, 288);
}

/**
 * Twelve independent sums, eight numbers wide. Each is a pair of vectors, which V8's revectorizer can join to
 * one of 256 bits: see ../index.ts. It starts from the stores, and wants the high half first. Without it, the
 * 24 vectors do not fit into the registers.
 */
export function peak256(sums: usize, rounds: i32, factor: f32, term: f32): void {
  const x = f32x4.splat(factor);
  const y = f32x4.splat(term);
  let a0 = v128.load(sums), a1 = v128.load(sums, 16);
  let b0 = v128.load(sums, 32), b1 = v128.load(sums, 48);
  let c0 = v128.load(sums, 64), c1 = v128.load(sums, 80);
  let d0 = v128.load(sums, 96), d1 = v128.load(sums, 112);
  let e0 = v128.load(sums, 128), e1 = v128.load(sums, 144);
  let f0 = v128.load(sums, 160), f1 = v128.load(sums, 176);
  let g0 = v128.load(sums, 192), g1 = v128.load(sums, 208);
  let h0 = v128.load(sums, 224), h1 = v128.load(sums, 240);
  let i0 = v128.load(sums, 256), i1 = v128.load(sums, 272);
  let j0 = v128.load(sums, 288), j1 = v128.load(sums, 304);
  let k0 = v128.load(sums, 320), k1 = v128.load(sums, 336);
  let l0 = v128.load(sums, 352), l1 = v128.load(sums, 368);
  for (let round = 0; round < rounds; round++) {
    a0 = multiplyAdd(a0, x, y); a1 = multiplyAdd(a1, x, y);
    b0 = multiplyAdd(b0, x, y); b1 = multiplyAdd(b1, x, y);
    c0 = multiplyAdd(c0, x, y); c1 = multiplyAdd(c1, x, y);
    d0 = multiplyAdd(d0, x, y); d1 = multiplyAdd(d1, x, y);
    e0 = multiplyAdd(e0, x, y); e1 = multiplyAdd(e1, x, y);
    f0 = multiplyAdd(f0, x, y); f1 = multiplyAdd(f1, x, y);
    g0 = multiplyAdd(g0, x, y); g1 = multiplyAdd(g1, x, y);
    h0 = multiplyAdd(h0, x, y); h1 = multiplyAdd(h1, x, y);
    i0 = multiplyAdd(i0, x, y); i1 = multiplyAdd(i1, x, y);
    j0 = multiplyAdd(j0, x, y); j1 = multiplyAdd(j1, x, y);
    k0 = multiplyAdd(k0, x, y); k1 = multiplyAdd(k1, x, y);
    l0 = multiplyAdd(l0, x, y); l1 = multiplyAdd(l1, x, y);
  }
  v128.store(sums, a1, 16); v128.store(sums, a0);
  v128.store(sums, b1, 48); v128.store(sums, b0, 32);
  v128.store(sums, c1, 80); v128.store(sums, c0, 64);
  v128.store(sums, d1, 112); v128.store(sums, d0, 96);
  v128.store(sums, e1, 144); v128.store(sums, e0, 128);
  v128.store(sums, f1, 176); v128.store(sums, f0, 160);
  v128.store(sums, g1, 208); v128.store(sums, g0, 192);
  v128.store(sums, h1, 240); v128.store(sums, h0, 224);
  v128.store(sums, i1, 272); v128.store(sums, i0, 256);
  v128.store(sums, j1, 304); v128.store(sums, j0, 288);
  v128.store(sums, k1, 336); v128.store(sums, k0, 320);
  v128.store(sums, l1, 368); v128.store(sums, l0, 352);
}
