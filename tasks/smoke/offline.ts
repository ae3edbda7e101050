/**
 * Cuts the process off from the network: `node --import .../offline.js PROGRAM`. Whatever would leave this machine fails as
 * on a machine without a network; connections within the machine work.
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
  // Not at once, as a network would.
  process.nextTick(() => this.destroy(error));
  return this;
};

/** `connect` takes a port and a host, or options; Node itself passes a list that begins with options. */
function hostOf([first, second]: readonly unknown[]): string {
  const options: unknown = Array.isArray(first) ? first[0] : first;
  const host = typeof options === 'object' ? (options as { host?: string } | null)?.host : second;
  return typeof host === 'string' && host !== '' ? host : 'localhost';
}

function isHere(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.[0-9.]+$/.test(host);
}
