/** The command line: `npm start -- TASK OPTIONS`. Whatever goes wrong is told in one line, with exit status 1. */
import { Command, CommanderError } from 'commander';
import { DataError } from '../datasets/index.js';
import { InputError } from '../models/index.js';
import { aliceCommand } from './alice/command.js';
import { posCommand } from './pos/command.js';
import { watchOutput } from './common/output.js';
import { printable } from './common/printable.js';
import { sentimentCommand } from './sentiment/command.js';

watchOutput();

const alice = aliceCommand();
const program = new Command('npm start --')
  .description('Recurrent networks trained by hand-written backpropagation through time.')
  .addCommand(alice, { isDefault: true })
  .addCommand(sentimentCommand())
  .addCommand(posCommand())
  .addHelpText('after', () => `\nalice, the default:\n\n${alice.helpInformation()}`);

for (const command of [program, ...program.commands]) {
  command.exitOverride().configureOutput({
    // Commander puts its suggestion on a second line.
    outputError: (message, write) => write(printable(message.trim().replace(/\n/g, ' ')) + '\n'),
  });
}

const [task] = process.argv.slice(2);

try {
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
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode;
  } else {
    const told =
      error instanceof InputError || error instanceof DataError
        ? error.message
        : `unexpected: ${String(error)}`;
    process.stderr.write(`error: ${printable(told)}\n`);
    process.exitCode = 1;
  }
}
