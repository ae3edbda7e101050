import { sigmoid as f } from '../../engine/index.js';
import { elementwise } from './elementwise.js';

/** y = σ(z), in 0..1: yes-no probabilities, one per entry. */
export const sigmoid = elementwise({
  name: 'sigmoid',
  isProbability: true,
  f, // Z3
  slope: (y) => y * (1 - y),
});
