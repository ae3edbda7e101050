/** The list of programs, and the whole command line: `npm start -- TASK OPTIONS`. */
import { createRequire } from 'node:module';
import { Command } from 'commander';
import { alice } from './alice/alice.js';
import { electricity } from './electricity/electricity.js';
import { exportCommand } from './interchange/exportCommand.js';
import { importCommand } from './interchange/importCommand.js';
import { labCommand } from './lab/lab.js';
import { playgroundCommand } from './playground/command.js';
import { pos } from './pos/pos.js';
import { sentiment } from './sentiment/sentiment.js';
import { taskCommand } from './task/command.js';
import { topologyCommand } from './topologies/command.js';

const { version: VERSION } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** The command lines of the chapter's programs; the first is the default. */
export const taskCommands = (): [Command, ...Command[]] => [
  taskCommand(alice),
  taskCommand(sentiment),
  taskCommand(pos),
  taskCommand(electricity),
];

/** All programs as subcommands; the first one is the default. */
export function tasksProgram(): Command {
  const program = new Command('npm start --').description(
    'Recurrent networks trained by hand-written backpropagation through time.',
  );
  program.version(VERSION, '--version', 'the version of this program');
  const tasks = taskCommands();
  const [first] = tasks;
  for (const task of tasks) program.addCommand(task, { isDefault: task === first });
  program.addCommand(topologyCommand()).addCommand(labCommand()).addCommand(playgroundCommand());
  program.addCommand(exportCommand()).addCommand(importCommand());
  return program.addHelpText('after', () => `\nalice, the default:\n\n${first.helpInformation()}`);
}
