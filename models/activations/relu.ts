import { elementwise } from './elementwise.js';

/** The rectifier, y = max(z, 0), whose slope at 0 is taken to be 0. (Nair and Hinton 2010.) NaN stays NaN. */
export const relu = elementwise({
  name: 'relu',
  f: (z) => (z < 0 ? 0 : z), // Z1
  slope: (y) => (y > 0 ? 1 : 0),
});
