/** Whether a page has been built from the sources as they are now. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where what a page is made of lies: compiled files, and those that the bundler and the equations are read
 * from.
 */
const SOURCES = [
  ...['bench', 'browser', 'cells', 'datasets', 'engine', 'models', 'tasks'].map((name) => join('dist', name)),
  ...[join('tasks', 'playground', 'page'), join('bench', 'page'), 'cells', join('models', 'layers')],
];

/** @param root of the project @param stamp a file that is as old as what the page was built from */
export function isFresh(root: string, stamp: string): boolean {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  return SOURCES.every((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).every(
      (name) => statSync(join(root, folder, name)).mtimeMs <= built,
    ),
  );
}
