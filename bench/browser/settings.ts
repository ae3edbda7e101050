/** What the page is asked for, as in its address: `#step=alice&rounds=9&with=oursAll,tfjsWasm1`. */
import { BROWSER_COMPETITORS, type CompetitorId } from './competitors.js';
import { BROWSER_STEPS } from './steps.js';

export interface Settings {
  readonly step: string;
  /** Turns per competitor, after a warm-up. */
  readonly rounds: number;
  /** Ours on one thread is always among them. */
  readonly competitors: readonly CompetitorId[];
}

export const MOST_ROUNDS = 50;

const [FIRST, ...OTHERS] = BROWSER_COMPETITORS.map(({ id }) => id);

export const DEFAULTS: Settings = { step: 'lstm32', rounds: 5, competitors: [FIRST!, ...OTHERS] };

/** The address has what differs from the default, and nothing of the machine or its numbers. */
export function toHash({ step, rounds, competitors }: Settings): string {
  const others = OTHERS.filter((id) => competitors.includes(id));
  const parts = [
    ...(step === DEFAULTS.step ? [] : [`step=${step}`]),
    ...(rounds === DEFAULTS.rounds ? [] : [`rounds=${rounds}`]),
    ...(others.length === OTHERS.length ? [] : [`with=${others.join(',')}`]),
  ];
  return parts.join('&');
}

/**
 * What an address asks for.
 * @returns also what was wrong with it, in sentences; the default is taken instead
 */
export function fromHash(hash: string): { settings: Settings; complaints: readonly string[] } {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const complaints: string[] = [];
  const take = <T>(name: string, otherwise: T, read: (text: string) => T | null): T => {
    const text = given.get(name);
    if (text === null) return otherwise;
    const value = read(text);
    if (value === null) complaints.push(`The address has ${name}=${text}, which is unknown here.`);
    return value ?? otherwise;
  };
  const step = take('step', DEFAULTS.step, (text) =>
    BROWSER_STEPS.some(({ id }) => id === text) ? text : null,
  );
  const rounds = take('rounds', DEFAULTS.rounds, (text) => {
    const number = Number(text);
    return Number.isInteger(number) && number >= 1 && number <= MOST_ROUNDS ? number : null;
  });
  const competitors = take('with', DEFAULTS.competitors, (text) => {
    const ids = text.split(',').filter(Boolean);
    const known = OTHERS.filter((id) => ids.includes(id));
    return ids.every((id) => id === FIRST || known.some((one) => one === id)) ? [FIRST!, ...known] : null;
  });
  return { settings: { step, rounds, competitors }, complaints };
}
