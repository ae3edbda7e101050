/** A model file on the page: what is said of it, and that its numbers are those of the model. */
import { describe, expect, it } from '@jest/globals';
import { createKernels, trace, unroll } from '../../../models/index.js';
import { exportModel, importModel } from '../../../models/interchange/index.js';
import type { FromWorker, ToWorker } from '../../../tasks/playground/protocol.js';
import { DEFAULTS } from '../../../tasks/playground/state.js';
import { Playground } from '../../../tasks/playground/worker/playground.js';
import { fileOf } from '../../interchange/files.js';
import { formats } from '../../interchange/networks.js';

const text = {
  source: 'text.txt',
  bytes: new TextEncoder().encode('The cat sat on the mat.\nThe dog ate it all!\n'.repeat(20)),
};

async function playground() {
  const said: FromWorker[] = [];
  const worker = new Playground(
    (message) => said.push(message),
    () => createKernels({ threads: 1 }),
  );
  const send = (message: ToWorker) => worker.receive(message);
  const last = <T extends FromWorker['type']>(type: T) =>
    said.filter((message) => message.type === type).at(-1) as Extract<FromWorker, { type: T }> | undefined;
  await send({ type: 'start', generation: 1, settings: { ...DEFAULTS, units: 8, steps: 6 }, text });
  return { send, last };
}

const isFlat = ([name]: readonly [string, ...unknown[]]) => name === 'layers around layers';
const [flat] = formats.pytorch.models.filter(isFlat);

describe('a model file', () => {
  it.each(formats.pytorch.models.filter((one) => !isFlat(one)))(
    'of %s has its layers, and the numbers of the model',
    async (_, create) => {
      const { send, last } = await playground();
      const model = create();
      await send({ type: 'open', files: await exportModel(model, 'pytorch') });
      expect(last('refused')).toBeUndefined();
      const { file } = last('opened')!;
      expect(file.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
      expect(file.layers.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(file.parameters);
      expect(file.tensors.length).toBeGreaterThan(0);
      for (const layer of file.views) {
        await send({ type: 'view', view: { layer, text: 'the cat', seed: 3 } });
        const { look } = last('viewed')!;
        expect(look.units).toBe(look.numbers.h!.length / look.steps);
        for (const name of [...look.forward, ...look.backward])
          expect([name, [...look.numbers[name]!].every(Number.isFinite)]).toEqual([name, true]);
        expect(look.numbers.dh!.some((one) => one !== 0)).toBe(true);
        await send({ type: 'view', view: { layer, text: 'the cat', seed: 3 } });
        expect(last('viewed')!.look).toEqual(look);
      }
    },
  );

  it('is read as its program computes it: every number is that of a trace', async () => {
    const { send, last } = await playground();
    const bytes = fileOf('ours-both.safetensors');
    await send({ type: 'open', files: new Map([['ours-both.safetensors', bytes]]) });
    const { views } = last('opened')!.file;
    expect(views).toEqual(['bidirectional.forward', 'bidirectional.backward', 'gruResetAfter']);

    const kernels = await createKernels({ threads: 1 });
    const { model } = await importModel(bytes, { kernels });
    const graph = unroll(model, { batch: 1, steps: 24 });
    const characters = [...'x'.repeat(20), ...'alice'];
    for (let t = 0; t < 24; t++) graph.input.data[t] = characters[t]!.charCodeAt(0) % 5;
    graph.forward();
    for (const layer of views) {
      await send({ type: 'view', view: { layer, text: characters.join(''), seed: 0 } });
      const { states, gates, reverse } = trace(graph)[layer]!;
      const { look } = last('viewed')!;
      expect(look.characters[0]).toBe(reverse ? 'c' : 'x');
      for (const [name, { data, shape }] of Object.entries({ ...states, ...gates })) {
        const H = shape[2]!;
        const rows = Array.from({ length: 24 }, (_, t) => [...data.subarray(t * H, (t + 1) * H)]);
        if (reverse) rows.reverse();
        expect([name, [...look.numbers[name]!]]).toEqual([name, rows.flat()]);
      }
    }
    await kernels.close();
  });

  it.each<[what: string, views: number, names: string[]]>([
    ['of PyTorch', 1, ['lstm-new.onnx']],
    ['of PyTorch, with both directions of two layers', 4, ['both-old.onnx']],
    ['with its numbers in a second file', 1, ['outside.onnx', 'outside.onnx.data']],
  ])('of ONNX is opened as well: one %s', async (_, views, names) => {
    const { send, last } = await playground();
    await send({ type: 'open', files: new Map(names.map((name) => [name, fileOf(name, 'onnx')])) });
    expect(last('refused')?.what).toBeUndefined();
    const { file } = last('opened')!;
    expect([file.format, file.views.length]).toEqual(['onnx', views]);
    for (const layer of file.views) {
      await send({ type: 'view', view: { layer, text: 'the cat', seed: 3 } });
      expect(last('viewed')!.look.numbers.dh!.some((one) => one !== 0)).toBe(true);
    }
  });

  it('may have no recurrent layer: then its tables are all there is', async () => {
    const { send, last } = await playground();
    await send({ type: 'open', files: await exportModel(flat![1](), 'pytorch') });
    expect(last('opened')!.file).toMatchObject({ views: [], parameters: expect.any(Number) });
  });

  it.each([
    ['a state_dict', 'lstm.safetensors', 'does not say what the model is'],
    ['a whole module', 'module.pt', 'module.pt: '],
  ])('that is %s is refused in one line, and the training goes on', async (_, name, said) => {
    const { send, last } = await playground();
    await send({ type: 'open', files: new Map([[name, fileOf(name)]]) });
    expect(last('refused')!.what).toContain(said);
    expect(last('opened')).toBeUndefined();
    await send({ type: 'step' });
    await send({ type: 'pause' });
    expect(last('idle')!.step).toBe(1);
  });
});
