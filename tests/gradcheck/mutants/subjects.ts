/** The files that mutants are generated from. A new cell, layer or loss is included automatically. */
import { cells } from '../../../models/index.js';
import { modulesIn } from '../compiled.js';
import { MEASURED } from '../training.js';
import type { Check } from './mutant.js';

export interface Subject {
  /** Paths in dist/. */
  readonly files: readonly string[];
  /** The check that must catch their faults. */
  readonly check: Check;
  /** Whether a function, by its name, is called from outside. Default: the functions that a pass calls. */
  readonly isCalled?: (name: string) => boolean;
}

/** The directory of the losses. */
const LOSSES = ['engine/reference/losses.js', ...modulesIn('models/losses')];

const isCalled = () => true;

export const cellFiles: Subject = {
  files: Object.keys(cells).map((name) => `cells/${name}.js`),
  check: 'gradients',
};

export const layerFiles: Subject = {
  files: [
    ...modulesIn('models/layers'),
    ...modulesIn('models/recurrent'),
    'cells/recurrentProducts.js',
    'cells/layerNorm.js',
  ],
  check: 'gradients',
};

export const activationFiles: Subject = {
  files: modulesIn('models/activations'),
  check: 'gradients',
  isCalled,
};

export const lossFiles: Subject = { files: LOSSES, check: 'losses', isCalled };

export const kernelFiles: Subject = {
  files: [
    'engine/reference/matmul.js',
    'engine/reference/rows.js',
    'engine/reference/normalize.js',
    'engine/scale.js',
  ],
  check: 'gradients',
  isCalled,
};

export const optimizerFiles: Subject = {
  files: [
    'engine/reference/updates.js',
    ...MEASURED.map((name) => `engine/${name}.js`),
    'engine/clipping.js',
  ],
  check: 'training',
  isCalled,
};

export const subjects: readonly Subject[] = [
  cellFiles,
  layerFiles,
  activationFiles,
  lossFiles,
  kernelFiles,
  optimizerFiles,
];
