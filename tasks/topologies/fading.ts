/** A learning rate that falls. */
import { adam, type Optimizer } from '../../models/index.js';

/** Adam with ever smaller steps, half as large after `half` of them: large ones would go on shaking what is nearly right. */
export function fadingAdam(rate: number, half: number): Optimizer {
  return {
    ...adam(),
    update: (k, w, g, memory, step) => adam({ rate: rate / (1 + step / half) }).update(k, w, g, memory, step),
  };
}
