/** Pictures of a run: `--report DIR` writes one self-contained HTML page. */
export type * from './page.js';
export { requireWritableReport, writeReport } from './write.js';
