/** What one run of the program is asked for, and what comes out of it. */
import type { EpochPoint, Trained } from '../common/training.js';
import type { Scaled } from './scale.js';
import type { Series } from './series.js';
import type { ElectricitySettings } from './state.js';

export interface ElectricityRun {
  /** Of each of the chapter's two models. */
  epochs: number;
  /** Of the forecaster. */
  forecastEpochs: number;
  /** LD2011_2014.txt, the zip with it, or a .npy file; null: a made-up load. */
  data: string | null;
  /** Which client of LD2011_2014.txt; null: the chapter's. */
  client: string | null;
  /** Where to write the readings as a .npy file. */
  saveSeries: string | null;
  /** Where to write the forecaster. */
  save: string | null;
  /** Where to write the results. */
  json: string | null;
  /** Where to draw the forecaster, unrolled. */
  graph: string | null;
  /** Where to write a page with pictures. */
  report: string | null;
}

/** How far a prediction is from the truth on the test part. */
export interface Score {
  /** Its name among the results. */
  readonly key: string;
  readonly name: string;
  /** How many readings after the last one seen is predicted. */
  readonly stepsAhead: number;
  /** Mean squared error of the scaled readings. */
  readonly mse: number;
  /** Of the test part, one after the other; null: not kept. */
  readonly predictions: Float64Array | null;
}

export interface ElectricityResults {
  readonly settings: ElectricitySettings;
  readonly series: Series;
  /** The readings as the models see them. */
  readonly scaled: Scaled;
  /** The first reading of the test part. */
  readonly split: number;
  /** The chapter's two models; null when a saved forecaster was used. */
  readonly chapter: { readonly stateless: Trained; readonly stateful: Trained } | null;
  /** Of the forecaster; its loss is a mean squared error in squared typical changes. None when it was saved. */
  readonly epochs: readonly EpochPoint[];
  readonly scores: readonly Score[];
}
