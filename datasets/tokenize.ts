/**
 * The words of English text as the Penn Treebank splits them: punctuation stands by itself, and a contraction is two words,
 * `do n't`. (Robert MacIntyre 1995, the Treebank's tokenizer script, whose rules NLTK's word_tokenize follows.)
 *
 * The script wants one sentence at a time, because only the period at the end of a sentence stands by itself. Where sentences
 * end is a question without a full answer. Here: at each period after a word, unless the word is known to be abbreviated.
 * NLTK knows more abbreviations, found by counting (Kiss and Strunk 2006, Punkt).
 */

/** Each finds places in the text and sets them apart with spaces. They work in this order on text between two spaces. */
const RULES: readonly [RegExp, string | typeof setPeriodApart][] = [
  // A quote that begins something is written ``, as in TeX, and one that ends something ''.
  [/(?<=[ ([{<])"/g, ' `` '],
  // Not within 10,000 or 7:30.
  [/[,:](?!\d)/g, ' $& '],
  [/\.\.\./g, ' ... '],
  [/[;@#$%&]/g, ' $& '],
  // The period at the end of a word, but for brackets and quotes.
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

/** What is written with a period of its own: initials (but `I` and `a` are words), titles, firms, months, states. */
const ABBREVIATIONS =
  'mr mrs ms dr prof rev gen col capt lt sgt sen rep gov st jr sr co corp inc ltd bros dept vs ' +
  'jan feb aug sept oct nov dec ariz calif colo conn fla kan mich minn okla tenn';
const ABBREVIATED = new RegExp(
  `^(?:[b-hj-z]|(?:[a-z]\\.)+[a-z]|${ABBREVIATIONS.replaceAll(' ', '|')})$`,
  'i',
);

/**
 * Splits text, of one sentence or several, into words.
 * @returns the words, spelled as in the text but for double quotes, which become `` and ''
 */
export function tokenize(text: string): string[] {
  let spaced = ` ${text.split(/\s+/).join(' ')} `;
  for (const [pattern, replacement] of RULES) spaced = spaced.replace(pattern, replacement as string);
  return spaced.split(' ').filter((word) => word !== '');
}

/** A period at the end of a word, unless it is the word's own; one that ends the text always ends a sentence. */
function setPeriodApart(period: string, at: number, text: string): string {
  const word = text.slice(text.lastIndexOf(' ', at) + 1, at).replace(/^\W+/, '');
  const endsText = text.indexOf(' ', at) >= text.length - 2;
  return endsText || !ABBREVIATED.test(word) ? ` ${period} ` : period;
}
