/**
 * A residual connection: a layer that adds to its input. (He, Zhang, Ren and Sun 2016.)
 *
 *   X7  y = x + f(x)
 *   X8  dx = dy + what f sends back, given dy
 */
import { kernelsOnly, type Tensor } from '../../engine/index.js';
import { defineLayer, requireLayer, type Layer, type UnrollContext, type UnrollResult } from './layer.js';
import { node } from './node.js';

/**
 * y = x + f(x) around a layer f as wide as its input. Name, parameters, states and cells are those of f.
 * @throws TypeError when it is no layer
 */
export function residual(layer: Layer): Layer {
  requireLayer('residual takes', layer);
  return defineLayer({
    ...layer,
    config: layer.config && { kind: 'residual', layer: layer.config },
    // A sum is no probability.
    activation: undefined,
    outputWidth(D, columns) {
      const width = layer.outputWidth(D, columns);
      if (width === D) return D;
      throw new RangeError(
        `residual: ${layer.name ?? layer.kind} has ${width} outputs for ${D} inputs; a sum needs as many`,
      );
    },
    accepts: () => ({}),
    unroll(context) {
      const inner = layer.unroll({ ...context, accumulateInputGradient: true });
      const { nodes, output } = addInput(context, inner);
      return { ...inner, output, nodes: [...inner.nodes, ...nodes] };
    },
  });
}

function addInput(
  { k, name, input, accumulateInputGradient, training }: UnrollContext,
  { output }: UnrollResult,
): UnrollResult {
  if (output.steps !== input.steps) {
    const length = ({ steps }: typeof input) => (steps === null ? 'one vector' : `${steps} steps`);
    throw new RangeError(
      `${name} makes ${length(output)} of ${length(input)}; a residual layer needs as many (returnSequences: true)`,
    );
  }
  const [x, f] = [input.value as Tensor, output.value as Tensor];
  const [dx, df] = [input.gradient, output.gradient];
  const y = k.zeros(...x.shape);
  const dy = training ? k.zeros(...x.shape) : null;
  const sum = node({
    name: `${name}.residual`,
    reads: { x, f },
    writes: { y },
    gradients: { y: dy },
    forward() {
      k.copy(y, x);
      k.add(y, f); // X7
    },
    // X8: f, which runs next, adds to dx. If f passes its input on, as dropout does in use, df is dx.
    backward() {
      if (df && df !== dx) k.copy(df, dy!);
      if (!dx) return;
      if (accumulateInputGradient) k.add(dx, dy!);
      else k.copy(dx, dy!);
      if (df === dx) k.add(dx, dy!);
    },
  });
  return { nodes: [kernelsOnly(sum)], output: { ...output, value: y, gradient: dy } };
}
