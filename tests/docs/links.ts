/** Checks links within the project: the file and the anchor must exist. */
import { posix } from 'node:path';
import type { Page } from './page.js';

/**
 * @param pages  all pages, by path
 * @param exists whether a file or folder exists at a path from the root of the project
 * @returns the problems, one line each
 */
export function checkLinks(
  page: Page,
  pages: ReadonlyMap<string, Page>,
  exists: (path: string) => boolean,
): string[] {
  return page.links.flatMap(({ text: link, line }) => {
    // External links are not checked, because tests have no network access.
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
