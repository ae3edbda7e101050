/** The four programs, by the names that the command line has for them. */
import { adding } from './adding.js';
import { copy } from './copy.js';
import { label } from './label.js';
import { reverse } from './reverse.js';
import type { Topology } from './topology.js';

export const topologies = { copy, reverse, label, adding } satisfies Record<string, Topology>;
