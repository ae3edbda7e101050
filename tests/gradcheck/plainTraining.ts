/**
 * Training steps in plain arithmetic, for comparison with the library's; nothing of the library is used here.
 * The model is y = x V + c with the mean squared error, whose gradient is two lines:
 * dV = xᵀ dy and dc = Σ_rows dy, with dy = 2 (x V + c - target) / (rows · outputs).
 */
const { hypot, max, min, sqrt } = Math;

/** M rows of D inputs and N outputs. */
export const [M, D, N] = [2, 2, 2];
export const x = [0.5, -1.2, 2, 0.3];
export const target = [1, -0.5, 3, 0.7];
/** V [D,N], then c [N]. */
export const INITIAL = [0.1, -0.4, 0.3, 0.8, -0.2, 0.6];

/** Computes the change of the parameters w from the gradient at this step (1, 2, ...). */
export type Update = (g: number[], step: number, w: number[]) => number[];

/** The updates, each with its own memory. */
export const updates = {
  sgd:
    (rate: number): Update =>
    (g) =>
      g.map((gn) => -rate * gn),

  /** With a rate for each step. */
  falling:
    (rates: readonly number[]): Update =>
    (g, step) =>
      g.map((gn) => -rates[step - 1]! * gn),

  momentum(rate: number, momentum: number): Update {
    let v = INITIAL.map(() => 0);
    return (g) => (v = v.map((vn, n) => momentum * vn - rate * g[n]!));
  },

  nesterov(rate: number, momentum: number): Update {
    let v = INITIAL.map(() => 0);
    return (g) => {
      v = v.map((vn, n) => momentum * vn - rate * g[n]!);
      return v.map((vn, n) => momentum * vn - rate * g[n]!);
    };
  },

  /** Divides by √(s + inside) + outside. */
  rmsprop(inside = 1e-7, outside = 0): Update {
    let s = INITIAL.map(() => 0);
    return (g) => {
      s = s.map((sn, n) => 0.9 * sn + 0.1 * g[n]! ** 2);
      return g.map((gn, n) => (-0.001 * gn) / (sqrt(s[n]! + inside) + outside));
    };
  },

  adagrad(inside: number, outside = 0): Update {
    let s = INITIAL.map(() => 0.1);
    return (g) => {
      s = s.map((sn, n) => sn + g[n]! ** 2);
      return g.map((gn, n) => (-0.001 * gn) / (sqrt(s[n]! + inside) + outside));
    };
  },

  /** Algorithm 1 of Kingma and Ba. */
  adamOfPaper(epsilon: number): Update {
    let m = INITIAL.map(() => 0);
    let v = INITIAL.map(() => 0);
    return (g, step) => {
      m = m.map((mn, n) => 0.9 * mn + 0.1 * g[n]!);
      v = v.map((vn, n) => 0.999 * vn + 0.001 * g[n]! ** 2);
      const unbiased = {
        m: m.map((mn) => mn / (1 - 0.9 ** step)),
        v: v.map((vn) => vn / (1 - 0.999 ** step)),
      };
      return unbiased.m.map((mn, n) => (-0.001 * mn) / (sqrt(unbiased.v[n]!) + epsilon));
    };
  },

  /** Another update, and a fraction of w less. */
  decayed:
    (fraction: number, update: Update): Update =>
    (g, step, w) =>
      update(g, step, w).map((change, n) => change - fraction * w[n]!),

  adam(): Update {
    let m = INITIAL.map(() => 0);
    let v = INITIAL.map(() => 0);
    return (g, step) => {
      m = m.map((mn, n) => 0.9 * mn + 0.1 * g[n]!);
      v = v.map((vn, n) => 0.999 * vn + 0.001 * g[n]! ** 2);
      const rate = (0.001 * sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
      return m.map((mn, n) => (-rate * mn) / (sqrt(v[n]!) + 1e-7));
    };
  },
};

/** Functions that limit gradients to a norm or a range. */
export const clips = {
  none: (g: number[]) => g,
  toNorm: (limit: number) => (g: number[]) => {
    const factor = min(1, limit / hypot(...g));
    return g.map((gn) => gn * factor);
  },
  eachToNorm: (limit: number) => (g: number[]) =>
    [g.slice(0, D * N), g.slice(D * N)].flatMap(clips.toNorm(limit)),
  toRange: (limit: number) => (g: number[]) => g.map((gn) => max(-limit, min(limit, gn))),
};

export function trainPlainly(steps: number, update: Update, clip: (g: number[]) => number[]): number[] {
  let w = INITIAL;
  for (let step = 1; step <= steps; step++) {
    const change = update(clip(gradient(w)), step, w);
    w = w.map((wn, n) => wn + change[n]!);
  }
  return w;
}

function gradient(w: number[]): number[] {
  const g = w.map(() => 0);
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) {
      let output = w[D * N + n]!;
      for (let d = 0; d < D; d++) output += x[m * D + d]! * w[d * N + n]!;
      const dy = (2 * (output - target[m * N + n]!)) / (M * N);
      for (let d = 0; d < D; d++) g[d * N + n]! += x[m * D + d]! * dy;
      g[D * N + n]! += dy;
    }
  }
  return g;
}
