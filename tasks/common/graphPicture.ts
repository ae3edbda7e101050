/** `--graph FILE`: a picture of the unrolled network, its boxes coloured by the gradients of a batch. */
import { InvalidArgumentError, Option } from 'commander';
import { toDot, toSvg, unroll } from '../../models/index.js';
import type { Examples, Graph, GraphOptions, Model } from '../../models/index.js';
import { writeOutput } from './files.js';
import { say } from './say.js';

export function graphOption(): Option {
  const description = 'draw the unrolled network at the end: FILE.svg or FILE.dot';
  return new Option('--graph <file>', description).argParser(pictureFile);
}

/** The name of a picture. */
export function pictureFile(file: string): string {
  if (/[^/\\]\.(svg|dot)$/i.test(file)) return file;
  throw new InvalidArgumentError('Give the name of a file that ends in .svg or .dot.');
}

export interface GraphPicture {
  readonly model: Model;
  /** The batch is the first of these examples. */
  readonly examples: Examples;
  readonly batch: number;
  /** Options of `unroll`, except `batch`. */
  readonly unroll: GraphOptions;
}

/**
 * Runs one forward and one backward pass, writes the picture and prints its path. Parameters do not change.
 * @throws InputError when it cannot be written
 */
export async function writeGraphPicture(
  file: string,
  { model, examples, batch, unroll: options }: GraphPicture,
): Promise<void> {
  const graph = unroll(model, { ...examples.unroll, ...options, batch: Math.min(batch, examples.count) });
  for (let row = 0; row < graph.batch; row++) examples.write(graph, row, row);
  graph.forward();
  graph.backward();
  await drawGraph(file, graph);
}

/** Draws a graph after its passes, and prints the path. */
export async function drawGraph(file: string, graph: Graph): Promise<void> {
  await writeOutput(file, /\.svg$/i.test(file) ? toSvg(graph) : toDot(graph));
  say('graph', file);
}
