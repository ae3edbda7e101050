import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { drawPicture, PICTURE } from './picture.js';

it("README's picture is what the library draws (`npm run docs:picture` redraws it)", () => {
  expect(drawPicture()).toBe(readFileSync(PICTURE, 'utf8'));
});
