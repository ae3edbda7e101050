/** Runs the command line: `npm start -- TASK OPTIONS`. */
import { InputError } from '../models/index.js';
import { runProgram } from './common/program.js';
import { tasksProgram } from './tasks.js';

const program = tasksProgram();

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
