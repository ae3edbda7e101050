/**
 * The builds as compressed texts, for browsers: a page then has one file less to find. Bundlers differ in which files
 * they copy, and pages that are opened from the disk may not load any.
 */
import { hoisted, simd } from '../generated.js';
import type { CompilerOfV8, ReadBuild } from './load.js';

/** Browsers with relaxed SIMD are new enough for `hoisted`. */
const texts: Readonly<Partial<Record<string, string>>> = { hoisted, simd };

export const readBuild: ReadBuild = async (name) => {
  const text = texts[name];
  if (text === undefined || typeof DecompressionStream === 'undefined') return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
};

export const compilerOfV8: CompilerOfV8 = () => Promise.resolve(null);
