/** Typographic punctuation as what a keyboard has, so that "wasn’t" and "wasn't" are one word. */
import { requireText } from './checks.js';

/** By its plain form, the characters that stand for it. */
const PLAIN: Readonly<Record<string, string>> = {
  // Quotation marks, also low and angular ones, apostrophes, primes, an acute accent alone.
  "'": '‘’‚‛ʼ′´‹›＇',
  '"': '“”„‟″«»＂',
  '-': '‐‑‒–−－',
  // A long dash is two hyphens, as typed.
  '--': '—―',
  '...': '…',
};

/** Windows-1252 that was read as Latin-1 has these instead of quotes and dashes. */
const CONTROLS: Readonly<Record<string, string>> = {
  '\x85': '...',
  '\x91': "'",
  '\x92': "'",
  '\x93': '"',
  '\x94': '"',
  '\x96': '-',
  '\x97': '--',
};

const plainOf = new Map([
  ...Object.entries(PLAIN).flatMap(([plain, all]) => [...all].map((one): [string, string] => [one, plain])),
  ...Object.entries(CONTROLS),
]);
const TYPOGRAPHIC = new RegExp(`[${[...plainOf.keys()].join('')}]`, 'g');

/**
 * A text with the quotes, apostrophes, dashes and ellipses of ASCII.
 * @throws TypeError when it is no string
 */
export function plainPunctuation(text: string): string {
  requireText('plainPunctuation', 'text', text);
  return text.replace(TYPOGRAPHIC, (one) => plainOf.get(one)!);
}
