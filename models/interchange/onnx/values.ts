/**
 * What the values of a graph stand for here. A graph is read by going through its nodes in order with these
 * in place of numbers; what is none of them is not understood, and an error if the output depends on it.
 */
import type { InputError } from '../../../engine/index.js';
import type { LayerConfig } from '../../layers/config.js';
import type { FileTensor } from '../fileTensor.js';

/**
 * A dimension, the same object wherever it occurs. `any`: of an input, until a recurrent node says what it is;
 * `parts`: directions of a recurrent node, columns of symbols; `one`: of size 1.
 */
export interface Axis {
  role: 'any' | 'time' | 'batch' | 'parts' | 'features' | 'one';
  /** Null where the file leaves it open. */
  size: number | null;
  /** The axis of which it is some steps. */
  readonly of?: Axis;
  /** The axis of which it is all steps, the last first. */
  readonly turned?: Axis;
}

/** Beyond these a graph is refused: no network needs them, and they could take much memory. */
export const [MOST_AXES, MOST_LAYERS, DEEPEST] = [8, 200, 16];

/** Says what an axis is, and the one of which it is a part. */
export function mark(axis: Axis, role: Axis['role']): void {
  axis.role = role;
  if (axis.of) mark(axis.of, role);
}

/** A size: a number, or that of an axis that is open. */
export type Size = number | Axis;

/** Weights of a layer, or of a part of it, by the names in weightLayouts.ts or our letters. */
export type Weights = Readonly<Record<string, FileTensor>>;

/** A layer, as the file has it. */
export interface FileLayer {
  readonly config: LayerConfig;
  /** The names of its nodes, and their weights by path: '' or that of the part, `forward`. */
  readonly modules: readonly { readonly label: string; readonly parts: Readonly<Record<string, Weights>> }[];
  /** Of layers of cells. */
  readonly cells?: CellsRead;
}

/** What a layer of cells reads besides its input. */
export interface CellsRead {
  /** Stands for the node, whose outputs are several values. */
  readonly node: object;
  /** The padded steps that it skips; null: none. */
  readonly mask: Mask | null;
  /** Whether padded steps have the state that they have here. */
  readonly isFilled: boolean;
  /** The inputs of the graph that are its first states, by letter. */
  readonly initial: Readonly<Partial<Record<'h' | 'c', string>>>;
}

/** An input of the graph. */
export interface Input {
  readonly name: string;
  /** One of TYPE_SIZES, or what ONNX calls it. */
  readonly type: string;
  readonly axes: readonly Axis[];
}

/** The layers between an input and a value. */
export interface Chain {
  readonly input: Input;
  /** Null: numbers, as many as the last axis of the input says. */
  readonly symbols: { readonly width: number; readonly columns: number } | null;
  readonly layers: readonly FileLayer[];
}

/** What a value is that no layer here gives, before more is done to it. */
export interface Unfinished {
  /**
   * `backwards`: the outputs of a reverse node in the order of its input; `direction`: one of two; `steps`: some of
   * them; `source`: what an encoder gives; `decoder`: the last state of a decoder.
   */
  readonly kind: 'backwards' | 'direction' | 'steps' | 'source' | 'decoder';
  /** Why nothing else can be done to it, for errors. */
  readonly why: string;
  readonly direction?: number;
  readonly steps?: Steps;
}

/** What layers give. */
export interface Signal {
  readonly kind: 'signal';
  readonly chain: Chain;
  readonly axes: readonly Axis[];
  readonly unfinished?: Unfinished;
  /** Whether it is the state of its last layer as the node gives it, [directions,B,H]. */
  readonly state?: 'h' | 'c';
}

/** The symbols of an input [T,B] or, of several, their columns. */
export interface Symbols {
  readonly kind: 'symbols';
  readonly input: Input;
  readonly axes: readonly Axis[];
  readonly steps: Steps;
}

/** Steps `from` to `to`, exclusive; null: all. Infinity: to the last one. */
export type Steps = { readonly from: number; readonly to: number } | null;

/** Which symbols are not 0: as bool, as 0 and 1, or as how many there are of each example. */
export interface Mask {
  readonly kind: 'mask';
  readonly input: Input;
  readonly is: 'bool' | 'whole' | 'lengths';
  readonly axes: readonly Axis[];
  readonly steps: Steps;
}

export type Value =
  | Signal
  | Symbols
  | Mask
  | { readonly kind: 'constant'; readonly tensor: FileTensor }
  | { readonly kind: 'sizes'; readonly sizes: readonly Size[]; readonly isScalar: boolean }
  | { readonly kind: 'zeros'; readonly shape: readonly Size[] }
  /** What nothing here knows. */
  | { readonly kind: 'unknown'; readonly why: InputError };

/** The shape of a value, for errors. */
export const shown = (axes: readonly Axis[]): string =>
  `[${axes.map(({ role, size }) => size ?? ({ time: 'T', batch: 'B' } as Record<string, string>)[role] ?? '?').join(', ')}]`;
