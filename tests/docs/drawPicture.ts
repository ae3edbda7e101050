/** `npm run docs:picture`: draws README's picture anew. */
import { writeFileSync } from 'node:fs';
import { drawPicture, PICTURE } from './picture.js';

writeFileSync(PICTURE, drawPicture());
