import { tanh as f } from '../../engine/index.js';
import { elementwise } from './elementwise.js';

/** y = tanh(z), in -1..1. */
export const tanh = elementwise({
  name: 'tanh',
  f, // Z2
  slope: (y) => 1 - y * y,
});
