/** The command line: `npm start -- TASK OPTIONS`. */
import { Command } from 'commander';
import { InputError } from '../models/index.js';
import { runProgram } from './common/program.js';
import { taskCommands } from './tasks.js';

const tasks = taskCommands();
const [alice] = tasks;
const program = new Command('npm start --').description(
  'Recurrent networks trained by hand-written backpropagation through time.',
);
for (const task of tasks) program.addCommand(task, { isDefault: task === alice });
program.addHelpText('after', () => `\nalice, the default:\n\n${alice!.helpInformation()}`);

await runProgram(program, async () => {
  const [task] = process.argv.slice(2);
  if (
    task &&
    !task.startsWith('-') &&
    task !== 'help' &&
    !program.commands.some((known) => known.name() === task)
  ) {
    const names = program.commands.map((known) => known.name()).join(', ');
    throw new InputError(`there is no task '${task}'; the tasks are: ${names}`);
  }
  await program.parseAsync();
});
