import { readdirSync, readlinkSync } from 'node:fs';

/** The files in a directory that this process has open; none if the system does not show them. */
export function openFiles(directory: string): string[] {
  return descriptors()
    .map(leadsTo)
    .filter((path) => path.startsWith(directory));
}

function descriptors(): string[] {
  try {
    return readdirSync('/proc/self/fd');
  } catch {
    return [];
  }
}

function leadsTo(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return ''; // closed in the meantime
  }
}
