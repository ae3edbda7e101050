/**
 * A model that another program has written: what is in its file, and its recurrent layers over a text or
 * random numbers. Loaded only when a file is opened: it brings along all that reads files.
 */
import * as nn from '../../../models/index.js';
import { describeFile, importModel } from '../../../models/interchange/index.js';
import type { FileFacts, FileLayer, FileView, Look } from '../protocol.js';
import { namesOf, numbersOf } from './look.js';

/** T, unless a layer says how many it needs. */
const STEPS = 24;

type Loss = 'softmaxCrossEntropy' | 'meanSquaredError';

export class ModelFile {
  readonly facts: FileFacts;
  readonly #graph: nn.Graph;
  /** The characters of the page's text, if the model reads as many; null: which they are is not known. */
  readonly #vocabulary: readonly string[] | null;
  readonly #loss: Loss;

  private constructor(
    model: nn.Model,
    vocabulary: readonly string[],
    known: Pick<FileFacts, 'source' | 'format' | 'notes' | 'tensors'>,
  ) {
    const { input, layers } = model;
    const isText = input.kind === 'oneHot' && input.columns === 1;
    this.#vocabulary = isText && input.width === vocabulary.length ? vocabulary : null;
    const width = layers.reduce(
      ({ width, columns }, { layer }) => ({ width: layer.outputWidth(width, columns), columns: 1 }),
      { width: input.width, columns: input.columns },
    ).width;
    const activation = layers.at(-1)?.layer.config?.activation ?? 'linear';
    // It predicts symbols if it has a number for each that it reads, not yet made a probability.
    this.#loss =
      isText && width === input.width && activation === 'linear' ? 'softmaxCrossEntropy' : 'meanSquaredError';
    this.#graph = unrolled(model, this.#loss, known.source);
    const views = Object.keys(this.#graph.cells);
    this.facts = {
      ...known,
      ...{ views, isText, reads: this.#reads(input), loss: LOSSES[this.#loss] },
      parameters: model.parameters.values.size,
      layers: layers.map((one) => describeLayer(model, one)),
    };
  }

  /**
   * @param openKernels new kernels, which `close` closes
   * @param files       the bytes of a file, or files by name
   * @param vocabulary  that of the page's text
   * @throws InputError when it cannot be read, or does not say what the model is
   */
  static async open(
    openKernels: () => Promise<nn.Kernels>,
    files: ReadonlyMap<string, Uint8Array>,
    vocabulary: readonly string[],
  ): Promise<ModelFile> {
    const [[source, bytes]] = [...files] as [[string, Uint8Array]];
    const kernels = await openKernels();
    try {
      const { model, format, notes } = await importModel(files, { kernels });
      const tensors = files.size === 1 ? (await describeFile(bytes, source)).tensors : [];
      return new ModelFile(withoutDropout(model), vocabulary, { source, format, notes, tensors });
    } catch (error) {
      await kernels.close();
      if (error instanceof nn.InputError) throw error;
      // Whatever a file may contain, the page lives on.
      throw new nn.InputError(`${source} cannot be read: ${(error as Error).message}`);
    }
  }

  close(): Promise<void> {
    return this.#graph.model.kernels.close();
  }

  #reads({ kind, width, columns }: nn.InputSpec): string {
    if (kind === 'features') return `${width} numbers per step; here they are random`;
    if (columns > 1) return `${columns} symbols of ${width} per step; here they are random`;
    return this.#vocabulary === null
      ? `${width} symbols, and the file does not say which: here, the number of a character in Unicode modulo ${width}`
      : `${width} symbols: taken for those of this page's text, which has as many`;
  }

  /** One window through the model, forward and backward, as one of its layers computes it. */
  look({ layer: name, text, seed }: FileView): Look {
    const graph = this.#graph;
    const unrolledCell = graph.cells[name];
    if (!unrolledCell) throw new nn.InputError(`${this.facts.source} has no layer ${name}`);
    // Those of an encoder and a decoder share the steps; after repeatVector there are others.
    const { cell, H, T: steps } = unrolledCell;
    const read = this.#fill(text, seed);
    const loss = graph.forward();
    graph.backward();
    const from = name.endsWith('.decoder') ? graph.steps - steps : 0;
    const numbers = numbersOf(graph, name, cell);
    const characters = Array.from({ length: steps }, (_, t) => read[from + t] ?? String(t + 1));
    if (nn.trace(graph)[name]!.reverse) {
      // From left to right, in the order in which it reads.
      for (const of of Object.values(numbers)) reverseRows(of, H);
      characters.reverse();
    }
    characters.push(read.at(-1)!);
    return {
      ...{ cell: cell.name, characters, steps, units: H, ...namesOf(cell), numbers, loss },
      ...this.#output(),
      isCheckable: false,
      isBelowDense: this.#isBelowDense(name),
    };
  }

  /** Fills the input and the labels. @returns what each step reads, and what comes after the last */
  #fill(text: string, seed: number): string[] {
    const { input, labels, steps, model } = this.#graph;
    const { kind, width } = model.input;
    const random = nn.createRandom(seed, 'input');
    const all = this.#graph.input.data;
    if (!this.facts.isText) {
      for (let n = 0; n < all.length; n++)
        all[n] = kind === 'features' ? random.normal() : random.integer(width);
      return Array.from({ length: steps + 1 }, (_, t) => String(t + 1));
    }
    const characters = [...text.padStart(steps + 1)].slice(-steps - 1);
    const ids = characters.map((one) => this.#idOf(one, width));
    for (let t = 0; t < steps; t++) input.data[t] = ids[t]!;
    if (this.#loss === 'softmaxCrossEntropy') {
      const { data } = labels as unknown as { data: Int32Array };
      // Of every step, or of the last one.
      for (let n = 0; n < data.length; n++) data[n] = ids[steps - data.length + n + 1]!;
    }
    return characters;
  }

  #idOf(character: string, width: number): number {
    if (this.#vocabulary === null) return character.codePointAt(0)! % width;
    return Math.max(0, this.#vocabulary.indexOf(character.toLowerCase()));
  }

  /** What it says after the last step. */
  #output(): Pick<Look, 'vocabulary' | 'probabilities' | 'isProbability'> {
    const isProbability = this.#loss === 'softmaxCrossEntropy';
    const { data, offset, size, shape } = isProbability ? nn.softmax(this.#graph.output) : this.#graph.output;
    const width = shape.at(-1)!;
    const last = data.subarray(offset + size - width, offset + size);
    const vocabulary =
      this.#vocabulary && isProbability
        ? [...this.#vocabulary]
        : Array.from({ length: width }, (_, n) => String(n));
    return { vocabulary, probabilities: Float32Array.from(last), isProbability };
  }

  #isBelowDense(name: string): boolean {
    const { layers } = this.#graph.model;
    const above = layers[layers.findIndex((one) => one.name === name) + 1]?.layer.config;
    return layers.some((one) => one.name === name) && kindOf(above) === 'dense';
  }
}

const LOSSES: Readonly<Record<Loss, string>> = {
  softmaxCrossEntropy: 'cross entropy of the symbols that come next',
  meanSquaredError: 'mean squared error, as if all outputs should be 0',
};

/** @throws InputError when the model does not fit into so many steps */
function unrolled(model: nn.Model, loss: Loss, name: string): nn.Graph {
  const sources = model.layers.map(({ layer }) => layer.config?.sourceSteps);
  const source = sources.find((one) => typeof one === 'number');
  try {
    return nn.unroll(model, { batch: 1, steps: source === undefined ? STEPS : 2 * source, loss });
  } catch (error) {
    throw new nn.InputError(`${name} cannot be unrolled: ${(error as Error).message}`);
  }
}

/**
 * The same model, which answers the same each time: dropout is for training only, and so are backward passes.
 */
function withoutDropout(model: nn.Model): nn.Model {
  const configs = model.layers.map(({ layer }) => layer.config!);
  const still = JSON.parse(JSON.stringify(configs), (name, value: unknown) => {
    if (name === 'dropout' || name === 'recurrentDropout') return 0;
    const isDropout = ['dropout', 'spatialDropout1D'].includes(
      (value as { kind?: string } | null)?.kind ?? '',
    );
    return isDropout ? { ...(value as object), rate: 0 } : value;
  }) as nn.LayerConfig[];
  if (JSON.stringify(still) === JSON.stringify(configs)) return model;
  const { kernels, input, parameters } = model;
  const twin = nn.createModel({ kernels, input, layers: still.map(nn.createLayer) });
  const { data, offset, size } = parameters.values;
  twin.parameters.values.data.set(data.subarray(offset, offset + size), twin.parameters.values.offset);
  model.dispose();
  return twin;
}

/** That of a layer, or of the one inside it. */
function kindOf(config: nn.LayerConfig | undefined): string {
  return config?.kind === 'timeDistributed' ? kindOf(config.layer as nn.LayerConfig) : (config?.kind ?? '');
}

function describeLayer({ parameters }: nn.Model, { name, layer }: nn.Model['layers'][number]): FileLayer {
  const { kind, ...options } = layer.config ?? { kind: layer.kind };
  const inside = (options as Partial<nn.LayerConfig>).layer as nn.LayerConfig | undefined;
  const about = Object.entries(options)
    .filter(([option]) => option !== 'name')
    .flatMap(([option, value]) => {
      if (value === true) return option;
      return value && typeof value !== 'object' ? `${option} ${value}` : [];
    });
  const own = parameters.list.filter((one) => one.name.startsWith(`${name}.`));
  return {
    name,
    kind: inside ? `${kind} of ${inside.kind}` : kind,
    about: about.join(', '),
    parameters: own.reduce((sum, { value }) => sum + value.size, 0),
  };
}

/** Turns [T,H] around in time. */
function reverseRows(numbers: Float32Array, H: number): void {
  const rows = Array.from({ length: numbers.length / H }, (_, t) => numbers.slice(t * H, (t + 1) * H));
  rows.reverse().forEach((row, t) => numbers.set(row, t * H));
}
