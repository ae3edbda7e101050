/** What the build of the page provides: build/bundle.ts writes these modules. */
declare module 'virtual:origins' {
  type Origin = import('../equations/origin.js').Origin;
  /** By cell, where each of its numbers is computed. */
  export const origins: Readonly<Record<string, Readonly<Record<string, Origin>>>>;
  /** Of dh at the last step. */
  export const last: Origin;
  /** Where the sources can be read; null: only their names are known. */
  export const sources: string | null;
}
declare module 'virtual:book' {
  /** The address of Alice's text. */
  const url: string;
  export default url;
}
declare module 'virtual:worker' {
  const PlaygroundWorker: new () => Worker;
  export default PlaygroundWorker;
}
declare module 'virtual:lab-worker' {
  const LabWorker: new () => Worker;
  export default LabWorker;
}
