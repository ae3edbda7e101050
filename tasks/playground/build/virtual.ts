import type { Plugin } from 'vite';

/** A module that is written when the page is built. */
export function virtual(name: string, code: () => string): Plugin {
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? code() : null),
  };
}
