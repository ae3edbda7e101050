/** Runs `npm run data -- NAME`. */
import { runProgram } from '../common/program.js';
import { dataCommand } from './command.js';

const program = dataCommand();

await runProgram(program, () => program.parseAsync());
