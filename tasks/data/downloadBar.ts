/** The live line of a download; plain lines every few seconds where the output is not a terminal. */
import { SingleBar } from 'cli-progress';
import { duration } from '../common/progress.js';
import { megabytes } from './megabytes.js';

export interface DownloadBar {
  /** @param total null where the server does not say it */
  update(done: number, total: number | null): void;
  end(): void;
}

/** Draws on stderr, so that what is written to stdout stays clean. */
export function createDownloadBar(stream: NodeJS.WriteStream = process.stderr): DownloadBar {
  /** Where this attempt began: what was there before has no speed. */
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
