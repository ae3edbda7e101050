/** The answers of a graph that predicts classes. */
import { argmax, type Graph } from '../../models/index.js';

/** The most likely class at each step of a row of the batch, after a forward pass. */
export function answers({ output, batch }: Graph, row: number): number[] {
  const [count, classes] = output.shape as [number, number];
  return Array.from({ length: count / batch }, (_, t) =>
    argmax(output.data, output.offset + (t * batch + row) * classes, classes),
  );
}
