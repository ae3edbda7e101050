/** The live line of a download; plain lines every few seconds if the output is not a terminal. */
import { SingleBar } from 'cli-progress';
import { duration } from '../common/progress.js';
import { megabytes } from './megabytes.js';

export interface DownloadBar {
  /** @param total null if the server does not say it */
  update(done: number, total: number | null): void;
  end(): void;
}

/** Draws on stderr, which keeps stdout clean. */
export function createDownloadBar(stream: NodeJS.WriteStream = process.stderr): DownloadBar {
  /** The bytes at the start of this attempt, which do not count for the speed. */
  let start: { time: number; done: number } | null = null;
  let last = 0;
  let bar: SingleBar | null = null;

  return {
    update(done, total) {
      if (!start || done < last) start = { time: performance.now(), done };
      last = done;
      const speed = (done - start.done) / ((performance.now() - start.time) / 1000 || 1);
      const values = {
        done: megabytes(done),
        size: total === null ? '' : ` of ${megabytes(total)}`,
        speed: speed > 0 ? ` · ${megabytes(speed)}/s` : '',
        left: speed > 0 && total !== null ? ` · ${duration((total - done) / speed)} left` : '',
      };
      if (bar) return bar.update(done, values);
      bar = new SingleBar({
        stream,
        format: `${total === null ? '' : '{bar} '}{done}{size}{speed}{left}`,
        barsize: 20,
        noTTYOutput: true,
        notTTYSchedule: 5000,
        hideCursor: true,
        linewrap: null,
        gracefulExit: false,
      });
      bar.start(total ?? Infinity, done, values);
    },
    end() {
      bar?.stop();
      bar = null;
    },
  };
}
