import { sigmoid as f } from '../../engine/index.js';
import { elementwiseActivation } from './elementwise.js';

/** y = σ(z), in 0..1: yes-no probabilities, one per entry. */
export const sigmoid = elementwiseActivation({
  name: 'sigmoid',
  isProbability: true,
  f, // Z3
  slope: (y) => y * (1 - y),
});
