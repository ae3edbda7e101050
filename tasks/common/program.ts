/** Running a command line. */
import { CommanderError, type Command } from 'commander';
import { DataError } from '../../datasets/index.js';
import { InputError } from '../../models/index.js';
import { watchOutput } from './output.js';
import { printable } from './printable.js';
import { columns, fitLine } from './say.js';

/**
 * Runs the command line. Any error is reported in one line, with exit status 1.
 * @param start parses the arguments and runs the program
 */
export async function runProgram(program: Command, start: () => Promise<unknown>): Promise<void> {
  watchOutput();
  for (const command of [program, ...program.commands]) {
    // Descriptions are wrapped where at least so many columns are left for them.
    command.configureHelp({ minWidthToWrap: 16 });
    command.exitOverride().configureOutput({
      // Commander puts its suggestion on a second line.
      outputError: (message) => complain(message.trim().replace(/\n/g, ' ')),
    });
  }
  try {
    await start();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode;
      return;
    }
    const told =
      error instanceof InputError || error instanceof DataError
        ? error.message
        : `unexpected: ${String(error)}`;
    complain(`error: ${told}`);
    process.exitCode = 1;
  }
}

/** One line, which a terminal has in several where it is too long. */
function complain(message: string): void {
  process.stderr.write(`${fitLine(printable(message), columns(process.stderr))}\n`);
}
