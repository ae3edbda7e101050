/** Errors of JavaScript engines, as opposed to those of the library. */

const RAW = new RegExp(
  [
    /Cannot (read|set|destructure|convert|assign|mix|create|access)|is not (a function|iterable|a constructor|defined)/,
    /is not an? (object|instance)|Invalid (typed )?(array|value|weak)|memory access|call stack|^arena:|not callable/,
    /allocation failed|out of memory|Class constructor|Reduce of empty|circular|must be an instance of|^Offset/,
    /first argument|\bargument must be of type|Start offset|is out of bounds|NaN is no number|unreachable/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

/** Whether a JavaScript engine says so. */
export const isOfEngine = (message: string): boolean => RAW.test(message);
