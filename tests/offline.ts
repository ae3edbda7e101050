/** Disconnects this process, and all processes that it starts, from the network before any test runs. */
import '../tasks/smoke/offline.js';

export default function goOffline(): void {
  const offline = new URL('../tasks/smoke/offline.js', import.meta.url).href;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${offline}`.trim();
}
