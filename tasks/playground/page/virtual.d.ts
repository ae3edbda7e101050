/** What the build of the page provides. */
declare module 'virtual:origins' {
  import type { Origin } from '../equations/index.js';
  /** By cell, where each of its numbers is computed. */
  export const origins: Readonly<Record<string, Readonly<Record<string, Origin>>>>;
  /** Where the sources can be read. */
  export const sources: string;
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
