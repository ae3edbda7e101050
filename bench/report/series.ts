/** Who appears in the report, in this order, with names for readers and colours that the colour-blind tell apart. */
import type { Results, StepRow } from '../results.js';

export interface Series {
  readonly key: keyof StepRow;
  readonly name: string;
  /** Okabe and Ito 2008. */
  readonly color: string;
}

export const SERIES: readonly Series[] = [
  { key: 'ours', name: 'unrolled', color: '#0072b2' },
  { key: 'pytorch', name: 'PyTorch', color: '#d55e00' },
  { key: 'keras', name: 'Keras', color: '#e69f00' },
  { key: 'tfjsWasm', name: 'tfjs wasm', color: '#56b4e9' },
  { key: 'tfjsCpu', name: 'tfjs cpu', color: '#999999' },
];

/** `AMD EPYC, 2 cores, 24 GB, Linux x64` */
export const describe = ({ cpu, cores, memoryGB, system }: Results['machine']) =>
  `${cpu}, ${cores} cores, ${memoryGB} GB, ${system}`;

export const describeVersions = (versions: Results['versions']) =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
