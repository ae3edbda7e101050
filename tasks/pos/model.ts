/** A model with all that is needed to read its input and its output. */
import { createModel, oneHot, type Kernels, type Model } from '../../models/index.js';
import type { Architecture, PosSettings, Reader } from './architecture.js';
import { chapter } from './chapter.js';
import { createClasses, type Classes } from './examples.js';
import type { PosState } from './state.js';
import { tagger } from './tagger.js';

export const architectures: Record<PosSettings['model'], Architecture> = { chapter, tagger };

export interface PosModel {
  readonly architecture: Architecture;
  readonly reader: Reader;
  readonly classes: Classes;
  readonly model: Model;
}

/** The model that a state describes, with initial weights. */
export function createPosModel(
  kernels: Kernels,
  { settings, symbols, classes }: Pick<PosState, 'settings' | 'symbols' | 'classes'>,
): PosModel {
  const architecture = architectures[settings.model];
  const reader = architecture.reader(symbols);
  const model = createModel({
    kernels,
    input: oneHot(reader.size, reader.columns),
    layers: architecture.layers(settings, classes.length),
    seed: settings.seed,
  });
  return { architecture, reader, classes: createClasses(classes), model };
}
