/** A learning rate that falls. */
import { adam, type Optimizer } from '../../models/index.js';

/** Adam with a rate that falls in a straight line, to 0 after `steps` steps: what is nearly right is shaken less and less. */
export function fadingAdam(rate: number, steps: number): Optimizer {
  return {
    ...adam(),
    update(k, w, g, memory, step) {
      adam({ rate: rate * Math.max(0, 1 - (step - 1) / steps) }).update(k, w, g, memory, step);
    },
  };
}
