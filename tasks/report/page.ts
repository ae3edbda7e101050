/** What a page of a report holds. It is plain data: tasks say what is to be shown, and this folder how. */

export interface Page {
  /** The task's name, from which the file gets its own. */
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

/** Any text may hold anything: it is shown as it is, and never becomes markup. */
export type Content = LineChart | Confusion | Table | Texts | Facts;

/** Curves over epochs, steps or time. */
export interface LineChart {
  readonly kind: 'lineChart';
  readonly title: string;
  /** What runs along the axes, with its unit: 'epoch', 'load, kW'. */
  readonly x: string;
  readonly y: string;
  /** Whether y runs through powers of ten: values of 0 or less then leave a gap. Default false. */
  readonly logarithmic?: boolean;
  /** The first is the one that matters most, and lies on top of the others. Five can be told apart by colour. */
  readonly series: readonly Series[];
}

export interface Series {
  readonly name: string;
  /** In the order in which they are joined. Dates are shown in UTC. A y that is not a number leaves a gap. */
  readonly points: readonly (readonly [x: number | Date, y: number])[];
  /** For what is only there to compare with. Every dashed series has dashes of its own. */
  readonly dashed?: boolean;
}

/** Which label was taken for which: a heat map of the labels that are mistaken most, and a list of the worst pairs. */
export interface Confusion {
  readonly kind: 'confusion';
  readonly title: string;
  /** What is counted, in the plural: 'words'. */
  readonly unit: string;
  readonly labels: readonly string[];
  /** `counts[truth][prediction]`, in the order of the labels. */
  readonly counts: readonly ArrayLike<number>[];
}

export interface Table {
  readonly kind: 'table';
  readonly title?: string;
  readonly head: readonly string[];
  /** Numbers as they are to be read: '0.956', '10,947'. */
  readonly rows: readonly (readonly string[])[];
  /** By column; the default is the first left, where names stand, and the others right, where numbers do. */
  readonly align?: readonly ('left' | 'right')[];
}

/** Pieces of text, such as what a model wrote after each epoch. Line breaks and spaces are kept. */
export interface Texts {
  readonly kind: 'texts';
  readonly texts: readonly {
    readonly label: string;
    /** What the text goes on from, shown before it in a quiet colour. */
    readonly lead?: string;
    readonly text: string;
  }[];
}

/** Names and values: settings, where the data came from, its counts and checksum. */
export interface Facts {
  readonly kind: 'facts';
  readonly facts: readonly (readonly [name: string, value: string | number])[];
}
