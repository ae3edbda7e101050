/** `npm start -- playground`: serves the page. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { positiveIntegerUpTo } from '../common/options.js';
import { servePage } from './serve.js';

const PORT = 8765;

export function playgroundCommand(): Command {
  return new Command('playground')
    .description(
      'a page on which a network trains: its loss, its texts, its graph with every number, its gradients',
    )
    .option('--port <n>', 'the port on 127.0.0.1', positiveIntegerUpTo(65_535), PORT)
    .action(async ({ port }: { port: number }) => {
      // Only here: all other programs do without what builds the page.
      const { buildPage, FOLDER } = await import('./build/bundle.js');
      if (!existsSync(join(FOLDER, 'index.html'))) {
        console.log('page     building it, once ...');
        await buildPage();
      }
      const { address } = await servePage(FOLDER, port);
      console.log(`page     ${address}`);
      console.log('         Ctrl-C ends it');
    });
}
