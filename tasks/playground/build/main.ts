/** `npm run build:page`: builds the page into dist/page, or into the folder that is named. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { runProgram } from '../../common/program.js';
import { print } from '../../common/say.js';
import { buildPage, FOLDER } from './bundle.js';

const program = new Command('build:page')
  .description('builds the page: a folder for any static host, with the same as one file')
  .argument('[folder]', 'where to, emptied first', FOLDER)
  .action(async (given: string) => {
    const folder = resolve(given);
    await buildPage(folder);
    print(`page     ${folder}`);
  });

await runProgram(program, () => program.parseAsync());
