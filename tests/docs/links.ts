/** Links within the project: the file is there, and so is the place in it. */
import { posix } from 'node:path';
import type { Page } from './page.js';

/**
 * @param pages  all pages, by path
 * @param exists whether a path from the root of the project is that of a file or folder
 * @returns what is wrong, a line for each
 */
export function checkLinks(
  page: Page,
  pages: ReadonlyMap<string, Page>,
  exists: (path: string) => boolean,
): string[] {
  return page.links.flatMap(({ text: link, line }) => {
    // What others publish is not ours to check, and tests do not leave this machine.
    if (/^https?:/.test(link)) return [];
    const [file, anchor] = link.split('#') as [string, string?];
    const path = file ? posix.join(posix.dirname(page.path), decodeURIComponent(file)) : page.path;
    const wrong = (what: string) => [`${page.path}:${line}: ${link}: ${what}`];
    if (path.startsWith('..') || !exists(path)) return wrong('there is no such file');
    if (anchor !== undefined && !pages.get(path)?.anchors.has(anchor))
      return wrong('there is no such place in it');
    return [];
  });
}
