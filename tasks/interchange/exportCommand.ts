/** `npm start -- export`: a trained model as files of another program. */
import { Command, Option } from 'commander';
import { referenceKernels } from '../../models/index.js';
import { exportFormats, exportModel, type ExportFormat } from '../../models/interchange/index.js';
import { writeFolder, writeOutput } from '../common/files.js';
import { path } from '../common/options.js';
import { requireDistinct, requireNew, requireWritable, requireWritableDirectory } from '../common/paths.js';
import { whole } from '../common/printable.js';
import { say } from '../common/say.js';
import { readModel, readModelFiles, requireModelIn } from './modelFiles.js';

interface Options {
  load: string;
  to: ExportFormat;
  out: string;
  force: boolean;
}

export function exportCommand(): Command {
  return new Command('export')
    .description(
      'write a trained model for another program: its weights and, where that has them, its layers',
    )
    .requiredOption('--load <file>', 'a checkpoint of --save, or any other model that import reads', path)
    .addOption(new Option('--to <format>', 'the format').choices(exportFormats).makeOptionMandatory())
    .requiredOption('--out <path>', 'the file; for a format of several files, the folder', path)
    .option('--force', 'replace what is there', false)
    .action(runExport);
}

async function runExport({ load, to, out, force }: Options): Promise<void> {
  requireDistinct({ '--load': load, '--out': out });
  requireNew(out, force);
  const read = readModelFiles([load]);
  await requireModelIn(read);
  const { model, notes } = await readModel(read, referenceKernels(Float32Array));
  const files = await exportModel(model, to);
  const [bytes, ...more] = files.values();
  if (more.length > 0) {
    requireWritableDirectory(out);
    await writeFolder(out, files);
  } else {
    requireWritable(out);
    await writeOutput(out, bytes!);
  }
  say('model', model.layers.map(({ name }) => name).join(', '));
  for (const note of notes) say('note', note);
  const size = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  say('written', `${out}, ${to}, ${whole(size)} bytes`);
}
