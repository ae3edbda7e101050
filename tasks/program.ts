/** The whole command line, `npm start -- TASK OPTIONS`. */
import { Command } from 'commander';
import { labCommand } from './lab/command.js';
import { taskCommands } from './tasks.js';
import { topologyCommand } from './topologies/command.js';

/** All programs under one name; without a name the first one is meant. */
export function tasksProgram(): Command {
  const program = new Command('npm start --').description(
    'Recurrent networks trained by hand-written backpropagation through time.',
  );
  const tasks = taskCommands();
  const [alice] = tasks;
  for (const task of tasks) program.addCommand(task, { isDefault: task === alice });
  program.addCommand(topologyCommand()).addCommand(labCommand());
  return program.addHelpText('after', () => `\nalice, the default:\n\n${alice!.helpInformation()}`);
}
