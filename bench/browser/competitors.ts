/** Who competes on the page. */

export interface BrowserCompetitor {
  readonly id: 'ours1' | 'oursAll' | 'tfjsWasm1' | 'tfjsWasmAll' | 'tfjsCpu' | 'tfjsWebgl' | 'tfjsWebgpu';
  readonly name: string;
  /** Whether it uses all cores, which takes a page that is isolated across origins. */
  readonly onAllCores?: true;
}

/** Ours on one thread comes first: its losses are those that the others must have. */
export const BROWSER_COMPETITORS: readonly BrowserCompetitor[] = [
  { id: 'ours1', name: 'ours, 1 thread' },
  { id: 'oursAll', name: 'ours, all threads', onAllCores: true },
  { id: 'tfjsWasm1', name: 'tfjs wasm, 1 thread' },
  { id: 'tfjsWasmAll', name: 'tfjs wasm, all threads', onAllCores: true },
  { id: 'tfjsWebgl', name: 'tfjs webgl' },
  { id: 'tfjsWebgpu', name: 'tfjs webgpu' },
  { id: 'tfjsCpu', name: 'tfjs cpu' },
];

export type CompetitorId = BrowserCompetitor['id'];
