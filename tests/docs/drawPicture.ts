/** `npm run docs:picture`: redraws README's picture. */
import { writeFileSync } from 'node:fs';
import { drawPicture, PICTURE } from './picture.js';

writeFileSync(PICTURE, drawPicture());
