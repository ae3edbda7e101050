/** The effect of initial values on a gradient: forget biases of the LSTM, spectral radii of the tanh-RNN. */
import type { Kernels, Model, Tensor } from '../../models/index.js';
import { addingModel } from '../common/addingProblem.js';
import type { Experiment, LabSettings } from './experiment.js';
import { byDistance, flowChart, gradientFlow, memoryOf, shareAt, shareTable } from './gradientFlow.js';

const BIASES = [0, 1, 3, 5];
const RADII = [0.5, 0.9, 1, 1.5];

export function initialization(kernels: Kernels, settings: LabSettings): Experiment {
  const far = Math.round(0.9 * settings.steps);
  const biases = BIASES.map((bias) => {
    const model = addingModel(kernels, 'lstm', settings.seed);
    setForgetBias(model, bias);
    return [bias, memoryOf(gradientFlow(model, settings))] as const;
  });
  const radii = RADII.map((radius) => {
    const model = addingModel(kernels, 'rnn', settings.seed);
    setSpectralRadius(model, radius);
    return [radius, memoryOf(gradientFlow(model, settings))] as const;
  });
  const nameOfBias = (bias: number) => `forget bias ${bias}, gate ${sigmoid(bias).toFixed(2)}`;
  const nameOfRadius = (radius: number) => `spectral radius ${radius}`;

  return {
    key: 'starts',
    section: {
      heading: 'What the initial values decide',
      text:
        'Nothing is trained here. A forget gate that is 0.73 open still forgets: 0.73^50 is about 1e-7, and only a bias of 3 ' +
        'or 5 preserves a gradient over a hundred steps; the contributions through the gates then add to it at every step, ' +
        'and it may even grow. An orthogonal W, of radius 1, does not shrink a gradient by itself; tanh does, because its slope ' +
        'is below 1. A smaller radius makes the gradient vanish, a larger one explode.',
      content: [
        flowChart(
          'LSTM: forget biases',
          'c',
          biases.map(([bias, norms]) => byDistance(nameOfBias(bias), norms)),
        ),
        flowChart(
          'tanh-RNN: spectral radii of W',
          'h',
          radii.map(([radius, norms]) => byDistance(nameOfRadius(radius), norms)),
        ),
        shareTable(
          'Norms, relative to that one step away; and what the gate or radius alone would leave of it',
          [
            ...biases.map(([bias, norms]) => [nameOfBias(bias), norms, alone(sigmoid(bias), far)] as const),
            ...radii.map(([radius, norms]) => [nameOfRadius(radius), norms, alone(radius, far)] as const),
          ],
          [`alone, ${far} steps away`],
        ),
      ],
    },
    final: Object.fromEntries([
      ...biases.map(([bias, norms]) => [`forgetBias${bias}`, shareAt(norms, far)]),
      ...radii.map(([radius, norms]) => [`radius${radius}`, shareAt(norms, far)]),
    ]) as Record<string, number>,
  };
}

/** One factor for each step from 1 to `distance`. */
const alone = (factor: number, distance: number) => (factor ** (distance - 1)).toExponential(1);

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Forget biases b_f of the LSTM. The usual one is 1: a gate of σ(1) = 0.73. (Gers et al. 2000.) */
export function setForgetBias(model: Model, bias: number): void {
  const b = parameter(model, 'lstm.b');
  const units = b.size / 4;
  b.data.fill(bias, b.offset + units, b.offset + 2 * units);
}

/**
 * Scales the tanh-RNN's W. Its initial value is orthogonal: all eigenvalues have absolute value 1, so the
 * scale is the spectral radius.
 */
export function setSpectralRadius(model: Model, radius: number): void {
  const W = parameter(model, 'rnn.W');
  for (let n = W.offset; n < W.offset + W.size; n++) W.data[n]! *= radius;
}

function parameter(model: Model, name: string): Tensor {
  return model.parameters.list.find((one) => one.name === name)!.value;
}
