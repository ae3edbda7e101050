/** Files that the visitor gives: chosen, or dropped, also in folders. */

/** Bytes by name; of a folder, by the path inside it. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Those of models; others are texts, unless they are binary. */
const MODELS = /\.(safetensors|pt|pth|ckpt|bin|onnx|keras|h5|hdf5|json)$/i;
/** How a checkpoint of ours begins, after eight bytes. */
const CHECKPOINT = '{"__metadata__":{"format":"unrolled';

export function kindOf(files: Files): 'text' | 'checkpoint' | 'model' {
  const [[name, bytes]] = [...files] as [[string, Uint8Array]];
  if (files.size > 1) return 'model';
  if (new TextDecoder().decode(bytes.subarray(8, 8 + CHECKPOINT.length)) === CHECKPOINT) return 'checkpoint';
  return MODELS.test(name) || bytes.subarray(0, 4096).includes(0) ? 'model' : 'text';
}

type Named = readonly [name: string, file: File];

/** What a model of several files refers to: the file that says what it is comes first. */
const isData = ([name]: Named) => Number(/\.(data|bin)$/i.test(name));

const readAll = async (files: readonly Named[]): Promise<Files> =>
  new Map(
    await Promise.all(
      [...files]
        .sort((a, b) => isData(a) - isData(b))
        .map(async ([name, file]) => [name, new Uint8Array(await file.arrayBuffer())] as const),
    ),
  );

export const readFiles = (files: Iterable<File>) => readAll([...files].map((file) => [file.name, file]));

/** @param transfer of a drop, which must be asked at once */
export async function droppedFiles({ items, files }: DataTransfer): Promise<Files> {
  const given = [...files];
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  // What does not come from a disk has no entries.
  if (entries.length === 0) return readFiles(given);
  const [only] = entries;
  const isFolder = entries.length === 1 && only!.isDirectory;
  const found = (await Promise.all(entries.map((entry) => filesIn(entry, '')))).flat();
  return readAll(isFolder ? found.map(([name, file]) => [name.slice(only!.name.length + 1), file]) : found);
}

async function filesIn(entry: FileSystemEntry, path: string): Promise<Named[]> {
  const name = path + entry.name;
  if (entry.isFile) {
    const file = new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [[name, await file]];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Named[] = [];
  // A reader gives some at a time, and none at the end.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return found;
    for (const one of entries) found.push(...(await filesIn(one, `${name}/`)));
  }
}
