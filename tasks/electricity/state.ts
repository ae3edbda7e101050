/** What a saved forecaster holds. */
import type { CellName } from '../../models/index.js';
import { isCell, isRecordOf, isText, isWhole, type Check } from '../common/checks.js';
import { damaged, loadSaved, type Saved } from '../common/checkpoints.js';
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

export type SavedElectricity = Saved<ElectricityState>;

const FIELDS: Record<keyof ElectricityState, Check> = {
  task: (value) => value === 'electricity',
  settings: isRecordOf({
    cell: isCell,
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
  const saved = await loadSaved<ElectricityState>(path, 'electricity', FIELDS);
  const { least, most } = saved.state.data;
  if (!(least < most)) throw damaged(path, 'data');
  return saved;
}
