/** Failures of stdout and stderr: `| head` closes a pipe early, a log fills the disk. No stack trace. */
import { constants } from 'node:os';
import { requestStop } from './interrupt.js';
import { reason } from './reason.js';

export function watchOutput(): void {
  let told = false;
  const onError = (error: NodeJS.ErrnoException) => {
    // The reader has left, which is no error: end as quietly as after SIGPIPE.
    if (error.code === 'EPIPE') return requestStop(128 + constants.signals.SIGPIPE);
    if (!told) {
      told = true;
      process.stderr.write(`error: cannot print: ${reason(error)}\n`);
    }
    process.exitCode = 1;
    requestStop(1);
  };
  process.stdout.on('error', onError);
  process.stderr.on('error', onError);
}
