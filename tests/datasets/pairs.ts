/** Sentences with the apostrophes, quotes and dashes of a keyboard, and the same as a typesetter has them. */

const SENTENCES = [
  "It wasn't good.",
  "It isn't bad at all.",
  "I don't like this book.",
  "I can't recommend it.",
  "We didn't enjoy the food.",
  "They won't come back.",
  "She couldn't be happier!",
  "You shouldn't miss it.",
  "It's the best film I've seen.",
  "He's an actor who'd rather sing.",
  "I'm sure they'll love it.",
  "We're glad you're here.",
  "That's what it's worth.",
  "There's nothing I'd change.",
  "Let's never go there again.",
  "The boys' room was dirty.",
  "The film's end is weak.",
  "Who's afraid of sequels?",
  "'Tis a pity.",
  "'Twas the worst night of the year.",
  'It was "great", they said.',
  '"Never again," she said.',
  'A so-called "classic" ("boring")',
  'He called it "the \'best\' ever".',
  'It is well-made.',
  'A must-see, state-of-the-art film.',
  'The years 1990-1995 were good.',
  'It was slow--very slow.',
  'The food -- if you call it that -- was cold.',
  'Good... but not great.',
  'Well... no.',
  "I haven't, and I wouldn't.",
  "You aren't wrong, but weren't right.",
  "It hasn't aged well; it doesn't matter.",
  "Mustn't grumble, needn't worry.",
  'Don\'t "don\'t" me!',
  "I'd've liked it.",
  "Rock 'n' roll isn't dead.",
  "Ain't nobody got time for that.",
  "Y'all don't know what you've missed--really.",
];

/** An opening quote follows a space, a bracket or nothing. */
function typeset(text: string): string {
  return text
    .replace(/(^|[\s(])"/g, '$1\u201c')
    .replaceAll('"', '\u201d')
    .replace(/(^|[\s("\u201c])'(?!(?:tis|twas)\b)/gi, '$1\u2018')
    .replaceAll("'", '\u2019')
    .replaceAll('--', '\u2014')
    .replace(/(\d)-(\d)/g, '$1\u2013$2')
    .replaceAll('...', '\u2026')
    .replaceAll('-', '\u2010');
}

/** 40 pairs, all of which differ. */
export const PAIRS = SENTENCES.map((plain): [plain: string, typographic: string] => [plain, typeset(plain)]);
