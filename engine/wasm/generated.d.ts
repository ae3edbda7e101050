/** What buildBrowser.js writes for browsers: the two builds that they run, deflated and in base64, and the worker. */
export const hoisted: string;
export const simd: string;
/** The script of a thread: threads/webWorker.ts and what it imports. */
export const webWorker: string;
