/** Files of torch.save: a zip with a pickle, whose tensors are views of storages in files of their own. */
import { countOf, reachOf, TYPE_SIZES, type FileTensor } from './fileTensor.js';
import { Global, unpickle, type Names } from './pickle.js';
import type { Refuse } from './refusal.js';
import type { Zip } from './zip.js';

/** The types of storages, by their names in PyTorch. */
const STORAGES: Readonly<Record<string, string>> = {
  ...{ FloatStorage: 'F32', DoubleStorage: 'F64', HalfStorage: 'F16', BFloat16Storage: 'BF16' },
  ...{ LongStorage: 'I64', IntStorage: 'I32', ShortStorage: 'I16', CharStorage: 'I8', ByteStorage: 'U8' },
  BoolStorage: 'BOOL',
};

class Storage {
  constructor(
    readonly type: string,
    readonly key: string,
    readonly count: number,
  ) {}
}

/** A view of a storage. */
class View {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly stride: readonly number[],
  ) {}
}

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const areSizes = (value: unknown): value is number[] => Array.isArray(value) && value.every(isSize);

/** Calls by name; each gives undefined where the arguments are not its own. */
const CALLS: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
  'collections.OrderedDict': (args) => (args.length === 0 ? new Map() : undefined),
  'torch._utils._rebuild_tensor_v2': ([storage, offset, shape, stride]) =>
    storage instanceof Storage &&
    isSize(offset) &&
    areSizes(shape) &&
    areSizes(stride) &&
    shape.length === stride.length &&
    !Number.isNaN(countOf(shape))
      ? new View(storage, offset, shape, stride)
      : undefined,
  'torch._utils._rebuild_parameter': ([view]) => (view instanceof View ? view : undefined),
};

const typeOf = (name: string) => {
  const known = /^torch\.(\w+)$/.exec(name)?.[1] ?? '';
  return Object.hasOwn(STORAGES, known) ? STORAGES[known] : undefined;
};

const NAMES: Names = {
  has: (name) => Object.hasOwn(CALLS, name) || typeOf(name) !== undefined,
  call: (name, args) => CALLS[name]?.(args),
  load(id) {
    if (!Array.isArray(id)) return undefined;
    const [kind, type, key, , count] = id as unknown[];
    const known = type instanceof Global ? typeOf(type.name) : undefined;
    if (kind !== 'storage' || known === undefined || typeof key !== 'string' || !isSize(count))
      return undefined;
    return new Storage(known, key, count);
  },
};

/**
 * The tensors of a state_dict, or of the one in a dict of a training.
 * @param folder the one folder of the zip: `model`
 * @throws InputError when it is damaged, or holds more than data
 */
export async function readTorch(zip: Zip, folder: string, refuse: Refuse): Promise<FileTensor[]> {
  if (zip.names.some((name) => name.startsWith(`${folder}/code/`)))
    throw refuse('TorchScript, which is code; save a state_dict: torch.save(model.state_dict(), ..)');
  if (zip.names.includes(`${folder}/byteorder`)) {
    const order = new TextDecoder().decode(await zip.read(`${folder}/byteorder`));
    if (order !== 'little') throw refuse(`its byte order is ${order.slice(0, 20)}; little can be read`);
  }
  const root = unpickle(await zip.read(`${folder}/data.pkl`), NAMES, 4 * zip.size, refuse);
  const storages = new Map<string, Uint8Array>();
  const tensors: FileTensor[] = [];
  for (const [name, { storage, offset, shape, stride }] of stateDictOf(root, refuse)) {
    const { type, key, count } = storage;
    const bytes = storages.get(key) ?? (await zip.read(`${folder}/data/${key}`));
    storages.set(key, bytes);
    const view = { name, type, shape, stride, offset, bytes };
    if (bytes.length !== count * TYPE_SIZES[type]! || !(reachOf(view) <= count))
      throw refuse(`damaged: ${name} is not within its numbers`);
    tensors.push(view);
  }
  return tensors;
}

const isDict = (value: unknown): value is Map<unknown, unknown> => value instanceof Map;
const viewsOf = (dict: Map<unknown, unknown>) =>
  [...dict].filter(
    (entry): entry is [string, View] => typeof entry[0] === 'string' && entry[1] instanceof View,
  );

/** The views of a state_dict, or of that in a checkpoint. */
function stateDictOf(root: unknown, refuse: Refuse): [string, View][] {
  if (root instanceof View)
    throw refuse('a tensor alone; a state_dict is wanted: torch.save(model.state_dict(), ..)');
  if (!isDict(root)) throw refuse('no state_dict; write torch.save(model.state_dict(), ..)');
  const own = viewsOf(root);
  if (own.length > 0) return own;
  const inner = [...root].filter((entry): entry is [string, Map<unknown, unknown>] => {
    return isDict(entry[1]) && viewsOf(entry[1]).length > 0;
  });
  if (inner.length === 1) return viewsOf(inner[0]![1]);
  const keys = [...root.keys()].map(String).join(', ').slice(0, 200);
  throw refuse(`a dict of ${keys || 'nothing'}, with ${inner.length} state_dicts; one is wanted`);
}
