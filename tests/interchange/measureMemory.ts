/**
 * Reads a file from the standard input in a process of its own: `node dist/tests/interchange/measureMemory.js`.
 * Prints the bytes by which the memory of the process grew at most, and how the file was refused.
 */
import { readFileSync } from 'node:fs';
import { InputError } from '../../engine/index.js';
import { describeFile } from '../../models/interchange/index.js';

/** The most memory so far. */
const peak = () => 1024 * Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]);

const file = readFileSync(0);
const before = peak();
const refusal = await describeFile(file, 'it').then(
  () => 'none',
  (error: unknown) => (error instanceof InputError ? error.message : `no refusal: ${String(error)}`),
);
console.log(JSON.stringify({ grown: peak() - before, refusal }));
