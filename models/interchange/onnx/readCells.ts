/** The nodes LSTM, GRU and RNN as layers of cells. */
import {
  cellOf,
  DIRECTIONS,
  ofDirection,
  outputsOf,
  readInitial,
  readSettings,
  readWeights,
} from './cellNode.js';
import type { NodeReader, Reader } from './node.js';
import { readPart } from './readParts.js';
import { extended } from './signals.js';
import {
  mark,
  type Axis,
  type CellsRead,
  type FileLayer,
  type Mask,
  type Signal,
  type Unfinished,
} from './values.js';

/** Y, Y_h and Y_c. */
export const readCells: Reader = (node) => {
  const { direction, linear_before_reset: resetAfter, hidden_size: stated } = readSettings(node);
  const x = readInput(node);
  const [time, batch] = readAxes(node, x);
  const weights = readWeights(node, DIRECTIONS[direction]!, stated, x);
  const units = weights.R!.shape[2]!;
  const cell = cellOf(node, weights, resetAfter);
  const isBoth = direction === 'bidirectional';
  const names = isBoth ? ['forward', 'backward'] : [''];
  const module = {
    label: node.label,
    parts: Object.fromEntries(names.map((name, d) => [name, ofDirection(weights, d)])),
  };
  const parts: Axis = { role: 'parts', size: names.length };
  const shape = { time, batch, parts, units };
  const part = x.unfinished?.steps ?? null;
  const mask = readMask(node, time, part);
  if (part) return readPart(node, x, { cell, module, mask, direction, shape });
  const cells: CellsRead = { node: {}, mask, isFilled: false, initial: readInitial(node, shape) };
  const kind = isBoth ? 'bidirectional' : 'recurrent';
  const goBackwards = direction === 'reverse';
  const layer = (returnSequences: boolean): FileLayer => ({
    config: {
      ...{ kind, cell, units, returnSequences, stateful: false },
      ...(isBoth ? { mergeMode: null } : { goBackwards }),
    },
    modules: [module],
    cells,
  });
  const backwards: Unfinished | undefined = goBackwards
    ? {
        kind: 'backwards',
        why: 'it reads the outputs of a reverse node in the order of its input; here goBackwards gives the last step first',
      }
    : undefined;
  return outputsOf(
    shape,
    extended(node, x.chain, layer(true)),
    extended(node, x.chain, layer(false)),
    backwards,
  );
};

/** The input [T,B,D], or some of its steps. */
function readInput(node: NodeReader): Signal {
  const x = node.signal(0);
  if (x.unfinished && x.unfinished.kind !== 'steps') throw node.refuse(x.unfinished.why);
  if (x.axes.length !== 3) throw node.refuse(`it reads ${x.axes.length} axes, not [T,B,D]`);
  return x;
}

/** What is time and what are examples is known at the first node of cells. */
function readAxes(node: NodeReader, { axes }: Signal): [time: Axis, batch: Axis] {
  const [time, batch] = axes as [Axis, Axis, Axis];
  if (time.role === 'any') mark(time, 'time');
  if (batch.role === 'any') mark(batch, 'batch');
  if (time.role === 'time' && batch.role === 'batch') return [time, batch];
  throw node.refuse('it reads along an axis that is not the time of the layers before it');
}

/** Which steps are padding: those whose symbols are 0, counted from the same steps as it reads. */
function readMask(node: NodeReader, time: Axis, part: Mask['steps']): Mask | null {
  const lengths = node.optional(4);
  if (!lengths) return null;
  if (lengths.kind !== 'mask' || lengths.is !== 'lengths')
    throw node.refuse(
      'its sequence_lens are not counted from the symbols that an embedding reads, as those of exportModel are; export it without',
    );
  const isSame = String([lengths.steps?.from, lengths.steps?.to]) === String([part?.from, part?.to]);
  if (isSame && lengths.input.axes.includes(time.of ?? time)) return lengths;
  throw node.refuse('its sequence_lens are counted from other steps than it reads');
}
