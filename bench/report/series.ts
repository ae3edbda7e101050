/**
 * The competitors in the report, in order, with names and colours that colour-blind readers can distinguish.
 */
import { seriesColor } from '../../tasks/common/colors.js';
import type { Result } from '../comparison.js';
import { fastest, type Entry, type Results } from '../results.js';

export interface Series {
  readonly key: Entry;
  readonly name: string;
  readonly color: string;
}

export const SERIES: readonly Series[] = [
  { key: 'ours', name: 'unrolled', color: seriesColor(0) },
  { key: 'pytorch', name: 'PyTorch', color: seriesColor(1) },
  { key: 'keras', name: 'Keras', color: seriesColor(2) },
  { key: 'tfjsWasm', name: 'tfjs wasm', color: seriesColor(3) },
  { key: 'tfjsCpu', name: 'tfjs cpu', color: seriesColor(4) },
];

/** The result in the row of the comparison with this id. */
export function winner({ comparisons }: Results, id: string, key: Entry): Result | undefined {
  const comparison = comparisons.find((comparison) => comparison.id === id);
  return comparison && fastest(comparison, key);
}

/** `AMD EPYC, 2 cores, 24 GB, Linux x64, load 0.1 before` */
export const describe = ({ cpu, cores, memoryGB, system, load }: Results['machine']) =>
  `${cpu}, ${cores} cores, ${memoryGB} GB, ${system}, load ${load} before`;

export const describeVersions = (versions: Results['versions']) =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
