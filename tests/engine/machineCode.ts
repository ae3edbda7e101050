/** The machine code that V8 makes of the kernels, read from its own disassembly. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mayBeWide } from '../../engine/wasm/platform/wide.js';

export interface MachineCode {
  /** The function, as `file/name`. */
  readonly name: string;
  readonly instructions: readonly string[];
}

/** Why V8 joins no vectors here, or that we cannot know; undefined where it does. */
export const whyNarrow = !mayBeWide
  ? `V8 ${process.versions.v8} on ${process.arch}`
  : process.platform !== 'linux'
    ? 'only Linux says what the processor has'
    : /\bavx2\b/.test(readFileSync('/proc/cpuinfo', 'utf8'))
      ? undefined
      : 'no AVX2';

/** A program that optimizes the wide build as the library does, and then the same functions without the flag. */
const PROGRAM = `
  import { readFileSync } from 'node:fs';
  import v8 from 'node:v8';
  import { optimize } from '${new URL('../../engine/wasm/platform/v8.js', import.meta.url).href}';
  const bytes = readFileSync(new URL('${new URL('../../engine/wasm/wide.wasm', import.meta.url).href}'));
  optimize(v8, new WebAssembly.Module(bytes), true);
  // V8 would take the same bytes for the same module. These have an empty section more.
  const others = Buffer.concat([bytes, Buffer.from([0, 1, 0])]);
  optimize(v8, new WebAssembly.Module(others), false);
`;

/** All functions of the wide build, joined to 256 bits, and once more, compiled afterwards with the flag as it was. */
export function disassembleWideBuild(): { wide: MachineCode[]; afterwards: MachineCode[] } {
  const text = execFileSync(
    process.execPath,
    ['--print-wasm-code', '--input-type=module', '--eval', PROGRAM],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  );
  const functions = text
    .split('--- WebAssembly code ---')
    .map((part) => ({
      // Node has WebAssembly of its own.
      name: /^name: assembly\/(.*)$/m.exec(part)?.[1] ?? '',
      instructions: part.split('\n').filter((line) => line.startsWith('0x')),
    }))
    .filter(({ name }) => name !== '');
  return {
    wide: functions.slice(0, functions.length / 2),
    afterwards: functions.slice(functions.length / 2),
  };
}

/** How often a function stores 256 bits to memory, other than to its own stack. */
export function wideStores({ instructions }: MachineCode): number {
  return instructions.filter((line) => /vmov\w+ \[r(?!bp|sp)[^\]]*\],ymm/.test(line)).length;
}
