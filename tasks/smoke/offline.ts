/**
 * Cuts the process off from the network: `node --import .../offline.js PROGRAM`. Connections to other
 * machines fail as they do without a network; local ones work.
 */
import { isIP, Socket } from 'node:net';

type Connect = (this: Socket, ...args: unknown[]) => Socket;

const prototype = Socket.prototype as { connect: Connect };
const connect = prototype.connect;

prototype.connect = function (...args) {
  const host = hostOf(args);
  if (isHere(host)) return connect.apply(this, args);
  const code = isIP(host) ? 'ENETUNREACH' : 'ENOTFOUND';
  const error = Object.assign(new Error(`${code} ${host}: offline`), { code });
  // Asynchronously, as with a real network.
  process.nextTick(() => this.destroy(error));
  return this;
};

/** `connect` takes a port and a host, or options; Node itself passes a list that starts with options. */
function hostOf([first, second]: readonly unknown[]): string {
  const options: unknown = Array.isArray(first) ? first[0] : first;
  const host = typeof options === 'object' ? (options as { host?: string } | null)?.host : second;
  return typeof host === 'string' && host !== '' ? host : 'localhost';
}

function isHere(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.[0-9.]+$/.test(host);
}
