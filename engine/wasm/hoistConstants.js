/**
 * A step of the build: moves vector constants out of loops.
 *
 * V8 from 13 on (Node 24, Chrome 130) materializes a `v128.const` at each use, in every iteration. The globals that
 * replace them could change, as far as an engine can tell, so each is loaded once, before the loop. The results have
 * the same bits.
 */
/** Four equal lanes other than 0, which needs no load. */
const CONSTANT = /\(v128\.const i32x4 (0x(?!00000000)[0-9a-f]{8}) \1 \1 \1\)/g;

/**
 * @param {string} text a module in text form
 * @returns {string} the same module, its constants hoisted
 */
export function hoistConstants(text) {
  const hoisted = new Set();
  const [head, ...functions] = text.split(/^(?= \(func )/m);
  const changed = functions.map((code) => {
    const used = new Set();
    const body = changeLoops(code, (loop) =>
      loop.replace(CONSTANT, (_, bits) => {
        used.add(bits);
        return `(local.get $${bits})`;
      }),
    );
    for (const bits of used) hoisted.add(bits);
    return addLocals(body, [...used]);
  });
  const globals = [...hoisted].map((bits) => ` (global $${bits} (mut f32) (f32.const ${numberOf(bits)}))\n`);
  return [head, ...globals, ...changed].join('');
}

/**
 * @param {string} code of a function
 * @param {(loop: string) => string} change of each outermost loop
 * @returns {string}
 */
function changeLoops(code, change) {
  const from = code.indexOf('(loop ');
  if (from < 0) return code;
  let [end, depth] = [from, 0];
  do {
    if (code[end] === '(') depth++;
    if (code[end] === ')') depth--;
    end++;
  } while (depth > 0);
  return code.slice(0, from) + change(code.slice(from, end)) + changeLoops(code.slice(end), change);
}

/**
 * Declares a local for each constant, and loads it at the beginning.
 * @param {string} code of a function
 * @param {readonly string[]} used
 * @returns {string}
 */
function addLocals(code, used) {
  const lines = code.split('\n');
  let body = 1;
  while (lines[body].startsWith('  (local $')) body++;
  const locals = used.map((bits) => `  (local $${bits} v128)`);
  const loads = used.map((bits) => `  (local.set $${bits} (f32x4.splat (global.get $${bits})))`);
  return [...lines.slice(0, body), ...locals, ...loads, ...lines.slice(body)].join('\n');
}

/**
 * @param {string} bits of a float32, in hexadecimal
 * @returns {string} the number in text form
 */
function numberOf(bits) {
  const [number] = new Float32Array(Int32Array.of(Number(bits)).buffer);
  if (!Number.isFinite(number)) throw new Error(`${bits} is not a finite number: hoist it as an integer`);
  return Object.is(number, -0) ? '-0' : `${number}`;
}
