/** The reference says every default: of options, and of parameters that can be left out. */
import { describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { findUnsaidDefaults } from './defaults.js';

// TypeScript compiles the library once more.
jest.setTimeout(120_000);

const root = process.cwd();
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
  config: object;
};
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);

it('every default of the library can be read in its reference', () => {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const { exports } = JSON.parse(manifest) as { exports: Record<string, { types: string }> };
  const paths = Object.values(exports).map(({ types }) =>
    join(root, types.replace('dist/', '').replace('.d.ts', '.ts')),
  );
  expect(findUnsaidDefaults(paths, options)).toEqual([]);
});

describe('the check itself', () => {
  function check(...lines: string[]): string[] {
    const directory = mkdtempSync(join(tmpdir(), 'unrolled-defaults-'));
    try {
      const path = join(directory, 'made-up.ts');
      writeFileSync(path, lines.join('\n'));
      const found = findUnsaidDefaults([path], { ...options, types: [], incremental: false });
      return found.map((line) => line.slice(line.indexOf('made-up.ts')));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }

  const unsaid = 'has a default that its docstring does not say';

  it.each([
    ['an option', ['export interface O {', '  /** A rate. */', '  rate?: number;', '}'], `3: rate ${unsaid}`],
    ['a call', ['export interface O {', '  done?(): void;', '}'], `2: done ${unsaid}`],
    ['a parameter', ['/** Doubles. */', 'export function f(x = 2) { return x; }'], `2: x ${unsaid}`],
    ['an optional one', ['/** Reads. */', 'export type F = (x?: number) => void;'], `2: x ${unsaid}`],
    [
      'an inherited option',
      ['interface A { rate?: number }', 'export interface B extends A { b: number }'],
      `1: rate ${unsaid}`,
    ],
    [
      'an option written out in the signature',
      ['/** Default 1. */', 'export const f = ({ x = 1 }: { x?: number } = {}) => x;'],
      `2: x ${unsaid}`,
    ],
    ['one without a type', ['export const f = ({ x = 1 } = {}) => x;'], `1: x ${unsaid}`],
    [
      'a default that is another',
      [
        'export interface O {',
        '  /** Default 0.01. */',
        '  rate?: number;',
        '}',
        'export const f = ({ rate = 1e-3 }: O) => rate;',
      ],
      '5: rate is 1e-3 by default, which its docstring does not say',
    ],
    [
      'a default given to readOptions that is another',
      [
        'declare function readOptions(of: string, options: O, defaults: O): O;',
        'export interface O {',
        '  /** Default 0.01. */',
        '  rate?: number;',
        '}',
        'const DEFAULTS: O = { rate: 1e-3 };',
        "export const f = (options: O = {}) => readOptions('f', options, DEFAULTS);",
      ],
      '6: rate is 1e-3 by default, which its docstring does not say',
    ],
  ])('finds %s', (_, lines, found) => {
    expect(check(...lines)).toContain(`made-up.ts:${found}`);
  });

  it('lets pass what is said, and what is not public', () => {
    const said = [
      'export interface O {',
      '  /** Default 0.001. */',
      '  rate?: number;',
      '  /** Default: none is called. */',
      '  done?(): void;',
      '}',
      'export const f = ({ rate = 1e-3 }: O = {}) => rate;',
      '/** Default 1. */',
      'export function o(x?: number): number;',
      'export function o(x?: string): string;',
      'export function o(x: number | string = 1) { return x; }',
      '/** @param x the default is 2 */',
      'export function g(x = 2) {',
      '  return ((y = 3) => y)(x);',
      '}',
      'function hidden(x = 2) { return x; }',
      'export const h = () => hidden();',
    ];
    expect(check(...said)).toEqual([]);
  });
});
