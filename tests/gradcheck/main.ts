/** `npm run gradcheck`. */
import { runProgram } from '../../tasks/common/program.js';
import { gradcheckCommand } from './command.js';

const program = gradcheckCommand();
await runProgram(program, () => program.parseAsync());
