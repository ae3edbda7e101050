/** What the build of the page provides. */
declare module 'virtual:bench-worker' {
  /** The worker of one competitor. */
  const BenchWorker: new () => Worker;
  export default BenchWorker;
}
