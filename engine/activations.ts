/** The activations of the gates. Their derivatives need only the output: σ' = σ(1-σ), tanh' = 1-y². */

// Read from the global object once: a lookup in the inner loop costs more than the function.
const { exp, tanh } = Math;

export { tanh };

/** σ(x) = 1 / (1 + e^-x), in 0..1. */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}
