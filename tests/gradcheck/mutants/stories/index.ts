/** Hand-written faults: found in other libraries, or beyond the rules of the generated ones. */
import { cellStories } from './cells.js';
import { layerStories } from './layers.js';
import type { Story } from './story.js';
import { timeStories } from './time.js';
import { trainingStories } from './training.js';

export { plant, storiesOf, type Story } from './story.js';

export const stories: readonly Story[] = [
  ...cellStories,
  ...timeStories,
  ...layerStories,
  ...trainingStories,
];
