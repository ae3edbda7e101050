/** The content of a report page as plain data: tasks say what to show, this folder how. */
import type { CellName } from '../../models/index.js';

export interface Page {
  /** The task's name, which is also the file's name. */
  readonly task: string;
  readonly title: string;
  /** Paragraphs under the title. */
  readonly intro?: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly heading: string;
  /** A paragraph under the heading. */
  readonly text?: string;
  readonly content: readonly Content[];
}

/** Text is shown as it is and never becomes markup. */
export type Content = LineChart | Confusion | Table | Texts | Facts;

/** Curves over epochs, steps or time. */
export interface LineChart {
  readonly kind: 'lineChart';
  readonly title: string;
  /** Axis labels with units: 'epoch', 'load, kW'. */
  readonly x: string;
  readonly y: string;
  /** Whether y is logarithmic; values of 0 or less then leave a gap. Default false. */
  readonly logarithmic?: boolean;
  /** The first is the most important and lies on top. Up to six have distinct colours. */
  readonly series: readonly Series[];
}

export interface Series {
  readonly name: string;
  /** In the order of drawing. Dates are shown in UTC. A y of NaN leaves a gap. */
  readonly points: readonly (readonly [x: number | Date, y: number])[];
  /**
   * The least and the most at each point, such as a standard deviation to each side: a band around the line.
   */
  readonly band?: readonly (readonly [least: number, most: number])[];
  /** For series that only serve as comparison. Each dashed series has its own dash pattern. */
  readonly dashed?: boolean;
  /** The number of its colour and symbol, so that a gate has the same in every chart. Default: its place. */
  readonly color?: number;
  /** The cell whose colour, symbol and dashes it has. */
  readonly cell?: CellName;
}

/**
 * Which labels are mistaken for which: a heat map of the most confused ones, and a list of the worst pairs.
 */
export interface Confusion {
  readonly kind: 'confusion';
  readonly title: string;
  /** The counted unit, plural: 'words'. */
  readonly unit: string;
  readonly labels: readonly string[];
  /** `counts[truth][prediction]`, in the order of the labels. */
  readonly counts: readonly ArrayLike<number>[];
}

export interface Table {
  readonly kind: 'table';
  readonly title?: string;
  readonly head: readonly string[];
  /** Numbers already formatted: '0.956', '10,947'. */
  readonly rows: readonly (readonly string[])[];
  /** By column. Default: the first left (names), the others right (numbers). */
  readonly align?: readonly ('left' | 'right')[];
}

/** Pieces of text, such as a model's writing after each epoch. Line breaks and spaces are kept. */
export interface Texts {
  readonly kind: 'texts';
  readonly texts: readonly {
    readonly label: string;
    /** The text that it continues, shown before it in a muted colour. */
    readonly lead?: string;
    readonly text: string;
  }[];
}

/** Names and values: settings, origin of the data, its counts and checksum. */
export interface Facts {
  readonly kind: 'facts';
  readonly facts: readonly (readonly [name: string, value: string | number])[];
}
