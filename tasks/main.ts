/** Runs the command line: `npm start -- TASK OPTIONS`. */
import { InputError } from '../models/index.js';
import { similarTo } from './common/similar.js';
import { runProgram } from './common/program.js';
import { tasksProgram } from './tasks.js';

const program = tasksProgram();

await runProgram(program, async () => {
  const [first, second] = process.argv.slice(2);
  const names = program.commands.map((command) => command.name());
  const asked = first === 'help' ? second : first;
  if (asked && !asked.startsWith('-') && asked !== 'help' && !names.includes(asked)) {
    const meant = similarTo(asked, names);
    throw new InputError(
      `there is no task '${asked}'; ${meant ? `did you mean ${meant}?` : `the tasks are: ${names.join(', ')}`}`,
    );
  }
  await program.parseAsync();
});
