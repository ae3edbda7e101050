/** `npm run build:page`: builds the page into dist/page, or into the folder that is named. */
import { resolve } from 'node:path';
import { buildPage, FOLDER } from './bundle.js';

const [given] = process.argv.slice(2);
const folder = given === undefined ? FOLDER : resolve(given);
await buildPage(folder);
console.log(`page     ${folder}`);
