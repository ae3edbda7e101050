/** Runs the command line: `npm start -- TASK OPTIONS`. */
import { InputError } from '../models/index.js';
import { runProgram } from './common/program.js';
import { tasksProgram } from './tasks.js';

const program = tasksProgram();

await runProgram(program, async () => {
  const [task] = process.argv.slice(2);
  const names = program.commands.map((command) => command.name());
  if (task && !task.startsWith('-') && task !== 'help' && !names.includes(task)) {
    throw new InputError(`there is no task '${task}'; the tasks are: ${names.join(', ')}`);
  }
  await program.parseAsync();
});
