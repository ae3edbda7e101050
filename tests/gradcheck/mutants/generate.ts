/** Generated mutants: every fault of every node in the functions that compute. */
import ts from 'typescript';
import { treeOf } from '../compiled.js';
import { computingFunctions } from './computing.js';
import { equivalents, excuses } from './equivalents.js';
import { faultsOf, type Fault } from './faults.js';
import { functionAround } from './functions.js';
import type { Check, Generated } from './mutant.js';
import type { Subject } from './subjects.js';

/** The mutants of some files, without the equivalent ones. */
export function generate(subject: Subject): Generated[] {
  return generateAll(subject).filter((mutant) => !equivalents.some((excuse) => excuses(excuse, mutant)));
}

/** All mutants of some files, in the order of their faults in the text. */
export function generateAll({ files, check, isCalled }: Subject): Generated[] {
  return computingFunctions(files, isCalled)
    .flatMap(({ file, node }) => faultsIn(node.body!).map((fault) => mutant(file, fault, check)))
    .sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.start - b.start);
}

function faultsIn(node: ts.Node): Fault[] {
  // In a square, losing either factor has the same effect.
  const faults = faultsOf(node).filter(({ to }, n, all) => n === all.findIndex((other) => other.to === to));
  ts.forEachChild(node, (inner) => void faults.push(...faultsIn(inner)));
  return faults;
}

function mutant(file: string, { kind, node, to }: Fault, check: Check): Generated {
  const start = node.getStart();
  const line = treeOf(file).getLineAndCharacterOfPosition(start).line + 1;
  const text = oneLine(node.getText());
  const name = `${kind}: ${text} becomes ${oneLine(to).replace(/^\((.*)\)$/, '$1')}`;
  return { file, function: functionAround(node), start, end: node.end, to, name, check, kind, text, line };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ');
