/** `npm run build:page` */
import { buildPage, FOLDER } from './bundle.js';

await buildPage();
console.log(`page     ${FOLDER}`);
