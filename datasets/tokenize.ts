/**
 * Splits English text into words like the Penn Treebank: punctuation is separate, and a contraction is two
 * words, `do n't`. (Robert MacIntyre 1995, the Treebank's tokenizer script; NLTK's word_tokenize has its
 * rules.)
 *
 * The script takes one sentence at a time, because only the period at the end of a sentence is separate.
 * Finding the ends of sentences has no perfect solution. Here, each period after a word ends one, unless the
 * word is a known abbreviation. NLTK knows more abbreviations, found by counting (Kiss and Strunk 2006,
 * Punkt).
 */
import { requireText } from './checks.js';
import { plainPunctuation } from './punctuation.js';

/** Each rule inserts spaces at its matches. The rules apply in this order, to text enclosed in spaces. */
const RULES: readonly [RegExp, string | typeof setPeriodApart][] = [
  // An opening quote becomes ``, as in TeX, and a closing one ''.
  [/(?<=[ ([{<])"/g, ' `` '],
  // Not within 10,000 or 7:30.
  [/[,:](?!\d)/g, ' $& '],
  [/\.\.\./g, ' ... '],
  [/[;@#$%&]/g, ' $& '],
  // A period at the end of a word, before any brackets and quotes.
  [/(?<!\.)\.(?=[\][(){}<>"']* )/g, setPeriodApart],
  [/[?!]/g, ' $& '],
  [/[\][(){}<>]|--/g, ' $& '],
  [/"/g, " '' "],
  // it's, I'm, we'd; the boys' ...
  [/(?<=[^' ])'[smd]?(?= )/gi, ' $&'],
  [/(?<=[^' ])(?:'ll|'re|'ve|n't)(?= )/gi, ' $&'],
  [/\b(?:can(?=not\b)|gim(?=me\b)|gon(?=na\b)|got(?=ta\b)|lem(?=me\b)|wan(?=na\b))/gi, '$& '],
  [/\b(?:d(?='ye\b)|mor(?='n\b))|(?<= )'t(?=is\b|was\b)/gi, '$& '],
];

/** Words that include a period: initials (but `I` and `a` are words), titles, firms, months, states. */
const ABBREVIATIONS =
  'mr mrs ms dr prof rev gen col capt lt sgt sen rep gov st jr sr co corp inc ltd bros dept vs ' +
  'jan feb aug sept oct nov dec ariz calif colo conn fla kan mich minn okla tenn';
const ABBREVIATED = new RegExp(
  `^(?:[b-hj-z]|(?:[a-z]\\.)+[a-z]|${ABBREVIATIONS.replaceAll(' ', '|')})$`,
  'i',
);

/**
 * Splits text, of one or more sentences, into words.
 * @returns the words, spelled as in the text, except that typographic punctuation is that of ASCII and double quotes
 *          become `` and ''
 * @throws TypeError when it is no string
 */
export function tokenize(text: string): string[] {
  requireText('tokenize', 'text', text);
  let spaced = ` ${plainPunctuation(text).split(/\s+/).join(' ')} `;
  for (const [pattern, replacement] of RULES) spaced = spaced.replace(pattern, replacement as string);
  return spaced.split(' ').filter((word) => word !== '');
}

/** Separates a period from its word unless it is part of an abbreviation before the end of the text. */
function setPeriodApart(period: string, at: number, text: string): string {
  const word = text.slice(text.lastIndexOf(' ', at) + 1, at).replace(/^[^\p{L}\p{N}_]+/u, '');
  const endsText = text.indexOf(' ', at) >= text.length - 2;
  return endsText || !ABBREVIATED.test(word) ? ` ${period} ` : period;
}
