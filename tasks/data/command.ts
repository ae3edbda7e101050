/**
 * The command line of the data: `npm run data -- NAME`. The addresses are in sources.ts; none comes from the
 * user.
 */
import { Argument, Command } from 'commander';
import envPaths from 'env-paths';
import { directory } from '../common/options.js';
import { fetchSource } from './fetchSource.js';
import { sources, type SourceName } from './sources.js';

/** The platform's cache directory: in ~/.cache, ~/Library/Caches or %LOCALAPPDATA%. */
const CACHE = envPaths('unrolled', { suffix: '' }).cache;

export function dataCommand(): Command {
  return new Command('npm run data --')
    .description("Fetch the chapter's data from their original sources, check them, and say how to use them.")
    .addArgument(new Argument('<name>', 'which data').choices(Object.keys(sources)))
    .option('--dir <directory>', 'where to keep it', directory, CACHE)
    .option('--force', 'fetch it even if it is there', false)
    .action(async (name: SourceName, { dir, force }: { dir: string; force: boolean }) => {
      process.exitCode = await fetchSource(sources[name], dir, { force });
    });
}
