/** Settings of a page, and how they are written into its address: `#cell=lstm&units=32`. */

/** The range of a number. */
export interface Limits {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** What a setting may be: one of some words, or a number; with `orNone`, a number or null. */
export type Kind = readonly string[] | (Limits & { readonly orNone?: true });

type Value = string | number | null;

/** What is wrong with a number; null: nothing. */
export function complaintOf(name: string, value: number, { least, most, whole }: Limits): string | null {
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return null;
  return `${name} must be ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}, not ${value}`;
}

/** The part of an address after `#`. */
export function writeSettings(settings: Readonly<Record<string, Value>>): string {
  const words = Object.entries(settings).map(([name, value]): [string, string] => [
    name,
    value === null ? 'none' : String(value),
  ]);
  return new URLSearchParams(words).toString();
}

/**
 * The settings of an address.
 * @param hash with or without `#`; what it leaves out has its default
 * @returns the settings, and a sentence for each part that could not be used
 */
export function readSettings<S extends object>(
  hash: string,
  defaults: S,
  kinds: Readonly<Record<keyof S & string, Kind>>,
): { settings: S; complaints: string[] } {
  const settings = { ...defaults } as Record<string, Value>;
  const complaints: string[] = [];
  for (const [name, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
    const wrong = Object.hasOwn(kinds, name)
      ? read(settings, name, text, kinds[name as keyof S & string])
      : `there is no setting "${name}"`;
    if (wrong !== null) complaints.push(`The address was not understood: ${wrong}.`);
  }
  return { settings: settings as S, complaints };
}

/** Puts one part of an address into the settings. @returns what is wrong with it, or null */
function read(settings: Record<string, Value>, name: string, text: string, kind: Kind): string | null {
  if (!('least' in kind)) {
    if (!kind.includes(text)) return `there is no ${name} "${text}"; there are ${kind.join(', ')}`;
    settings[name] = text;
    return null;
  }
  if (kind.orNone && text === 'none') {
    settings[name] = null;
    return null;
  }
  const number = text.trim() === '' ? NaN : Number(text);
  const wrong = complaintOf(name, number, kind);
  if (wrong === null) settings[name] = number;
  return wrong;
}
