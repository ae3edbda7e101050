/**
 * Whether this is the wide build, whose pairs of vectors V8 joins to 256 bits. (The build writes the other value:
 * ../build.js.)
 */
export const WIDE = false;
