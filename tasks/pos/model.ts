/** A model together with the encoding of its input and output, and its saved state. */
import { createModel, oneHot, type Kernels, type Model } from '../../models/index.js';
import { SETTINGS, type Architecture as ModelParts, type TaskState } from '../common/checkpoints.js';
import { isAmount, isListOf, isRecordOf, isText, type Fields } from '../common/checks.js';
import type { Architecture, PosSettings, Reader } from './architecture.js';
import { chapter } from './chapter.js';
import type { CorpusRecord } from './corpus.js';
import { createClasses, type Classes } from './examples.js';
import { tagger } from './tagger.js';

export const architectures: Record<PosSettings['model'], Architecture> = { chapter, tagger };

/** The state in a saved model. */
export interface PosState extends TaskState {
  settings: PosSettings;
  data: CorpusRecord;
  /** The symbols in order of their numbers; see `Architecture`. */
  symbols: readonly string[];
  /** The names of the classes in order of their numbers, PAD first. */
  classes: readonly string[];
}

export const FIELDS: Fields<Omit<PosState, 'task'>> = {
  settings: isRecordOf({
    ...SETTINGS,
    model: (value) => value === 'chapter' || value === 'tagger',
    bidirectional: (value) => typeof value === 'boolean',
    lr: isAmount,
  } satisfies Fields<PosSettings>),
  data: isRecordOf({ source: isText }),
  symbols: isListOf(isText),
  classes: (value) => isListOf(isText)(value) && (value as string[]).length > 1,
};

export interface PosModel {
  readonly architecture: Architecture;
  readonly reader: Reader;
  readonly classes: Classes;
  readonly model: Model;
}

/** The model described by a state, with initial weights. */
export function createPosModel(kernels: Kernels, state: Described): PosModel {
  const { settings, symbols, classes } = state;
  const architecture = architectures[settings.model];
  const model = createModel({ kernels, ...posLayers(state), seed: settings.seed });
  return { architecture, reader: architecture.reader(symbols), classes: createClasses(classes), model };
}

type Described = Pick<PosState, 'settings' | 'symbols' | 'classes'>;

/** What the model reads, and its layers. */
export function posLayers({ settings, symbols, classes }: Described): ModelParts {
  const architecture = architectures[settings.model];
  const { size, columns } = architecture.reader(symbols);
  return { input: oneHot(size, columns), layers: architecture.layers(settings, classes.length) };
}
