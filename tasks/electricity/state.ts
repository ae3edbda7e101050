/** What a saved forecaster holds. */
import { cells, InputError, type CellName, type Checkpoint } from '../../models/index.js';
import { badField, isRecordOf, isText, isWhole, type Check } from '../common/checks.js';
import { loadCheckpoint } from '../common/checkpoints.js';
import type { Normalization } from './features.js';
import type { SeriesRecord } from './series.js';

export interface ElectricitySettings {
  cell: CellName;
  /** Rows of a batch: windows of the chapter, streams of the forecaster. */
  batch: number;
  seed: number;
}

export interface ElectricityState {
  task: 'electricity';
  settings: ElectricitySettings;
  /** What it learnt from. */
  data: SeriesRecord;
  normalization: Normalization;
}

/** A saved forecaster, as loaded. */
export interface SavedElectricity {
  path: string;
  checkpoint: Checkpoint;
  state: ElectricityState;
}

const FIELDS: Record<keyof ElectricityState, Check> = {
  task: (value) => value === 'electricity',
  settings: isRecordOf({
    cell: (value) => typeof value === 'string' && Object.hasOwn(cells, value),
    batch: isWhole(1),
    seed: isWhole(0),
  } satisfies Record<keyof ElectricitySettings, Check>),
  data: isRecordOf({ source: isText, least: Number.isFinite, most: Number.isFinite }),
  normalization: isRecordOf({
    mean: Number.isFinite,
    change: (value) => Number.isFinite(value) && (value as number) > 0,
  } satisfies Record<keyof Normalization, Check>),
};

/** @throws InputError when the file cannot be read, or does not hold what a run of electricity leaves */
export async function loadElectricity(path: string): Promise<SavedElectricity> {
  const { checkpoint, state } = await loadCheckpoint<ElectricityState>(path, 'electricity');
  const scale = state.data as SeriesRecord | undefined;
  const bad = badField(state, FIELDS) ?? (scale && scale.least < scale.most ? null : 'data');
  if (bad)
    throw new InputError(`${path} is damaged: its ${bad} cannot be read; train and save the model anew`);
  return { path, checkpoint, state };
}
