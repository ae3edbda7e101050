/** Readers of data sets: text in, plain typed arrays out. */
export { cleanText, decodeText, encodeText, withoutGutenbergFrame, type EncodedText } from './text.js';
