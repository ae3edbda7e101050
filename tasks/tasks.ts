/** The programs that there are. */
import type { Command } from 'commander';
import { aliceCommand } from './alice/command.js';
import { electricityCommand } from './electricity/command.js';
import { posCommand } from './pos/command.js';
import { sentimentCommand } from './sentiment/command.js';

/** Their command lines; the first is the default. */
export const taskCommands = (): Command[] => [
  aliceCommand(),
  sentimentCommand(),
  posCommand(),
  electricityCommand(),
];
