/** Describes where the numbers come from: the machine and the software versions. */
import os from 'node:os';
import { version_core } from '@tensorflow/tfjs-core';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly system: string;
  /** The load average of the preceding minute; above 0, other programs may have interfered. */
  readonly load: number;
}

export function describeMachine(): Machine {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    memoryGB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.arch()}`,
    load: Math.round(10 * os.loadavg()[0]!) / 10,
  };
}

export function versions(): Record<string, string> {
  return { node: process.versions.node, v8: process.versions.v8, tfjs: version_core };
}
