/** `--graph FILE`: a picture of the unrolled network, its boxes coloured by the gradients of a batch. */
import { InvalidArgumentError, Option } from 'commander';
import { toDot, toSvg, unroll, type Examples, type GraphOptions, type Model } from '../../models/index.js';
import { writeOutput } from './files.js';
import { printable } from './printable.js';

export function graphOption(): Option {
  return new Option('--graph <file>', 'draw the unrolled network at the end: FILE.svg or FILE.dot').argParser(
    (file: string) => {
      if (!/[^/\\]\.(svg|dot)$/i.test(file)) {
        throw new InvalidArgumentError('Give the name of a file that ends in .svg or .dot.');
      }
      return file;
    },
  );
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
  const graph = unroll(model, { ...options, batch: Math.min(batch, examples.count) });
  for (let row = 0; row < graph.batch; row++) examples.write(graph, row, row);
  graph.forward();
  graph.backward();
  await writeOutput(file, /\.svg$/i.test(file) ? toSvg(graph) : toDot(graph));
  console.log(printable(`graph    ${file}`));
}
