/** Report files: one page per task, in a directory given by the user. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../models/index.js';
import type { Page } from './page.js';
import { writeOutput } from '../common/files.js';
import { requireDistinct, requireWritable, requireWritableDirectory } from '../common/paths.js';
import { reason } from '../common/reason.js';

/** The file of a task's page. */
const pageOf = (directory: string, task: string) => join(directory, `${task}.html`);

/**
 * Checks, before hours of work, that `writeReport` will be able to write. Writes nothing.
 * @param files the other files of the run, by option; null if not given
 * @throws InputError when the page cannot be written into the directory, or would overwrite one of the files
 */
export function requireWritableReport(
  directory: string,
  task: string,
  files: Readonly<Record<string, string | null>> = {},
): void {
  for (const [option, file] of Object.entries(files)) {
    for (const taken of [directory, pageOf(directory, task)]) {
      requireDistinct({ [option]: file, '--report': taken });
    }
  }
  requireWritableDirectory(directory);
  if (existsSync(directory)) requireWritable(pageOf(directory, task));
}

/**
 * Writes `directory/TASK.html` atomically, replacing an older one; creates the directory if needed.
 * @returns the path of the page
 * @throws InputError when it cannot be written
 */
export async function writeReport(directory: string, page: Page): Promise<string> {
  // Imported here, so that a run without a report does not load the drawing libraries.
  const { renderPage } = await import('./render.js');
  const html = renderPage(page);
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    throw new InputError(`cannot make the directory ${directory}: ${reason(error)}`);
  }
  const path = pageOf(directory, page.task);
  await writeOutput(path, html);
  return path;
}
