/** `npm start -- playground`: serves the page. */
import { Command } from 'commander';
import { positiveIntegerUpTo } from '../common/options.js';
import { print } from '../common/say.js';
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
      const { buildPage, FOLDER, isBuilt } = await import('./build/bundle.js');
      // Before anything that takes time: the port may be taken.
      const { server, address } = await servePage(FOLDER, port);
      if (!isBuilt()) {
        print('page     building it from the sources as they are now ...');
        await buildPage().catch((error: unknown) => {
          server.close();
          throw error;
        });
      }
      print(`page     ${address}`);
      print('         Ctrl-C ends it');
    });
}
