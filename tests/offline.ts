/** No test leaves this machine: before any of them runs, this process and all that it starts are cut off from the network. */
import '../tasks/smoke/offline.js';

export default function goOffline(): void {
  const offline = new URL('../tasks/smoke/offline.js', import.meta.url).href;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${offline}`.trim();
}
