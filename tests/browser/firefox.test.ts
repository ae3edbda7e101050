/** Firefox trains to the bits of Node, too. No driver speaks to it: its page sends what it has trained. */
import { beforeAll, expect, it } from '@jest/globals';
import { createKernels } from '../../engine/index.js';
import { wasmKernels } from '../../engine/wasm/index.js';
import { ISOLATING, serveFiles, type Files, type Headers } from './browser.js';
import { describeInFirefox, visit } from './firefox.js';
import { CSP, writePages } from './pages.js';
import { train } from './train.js';

describeInFirefox('In Firefox', () => {
  let files: Files;
  beforeAll(async () => void ({ files } = await writePages()));

  it.each<[string, Headers, number]>([
    ['ordinary', {}, 1],
    ['isolated', ISOLATING, 2],
    ['strict', CSP, 1],
  ])('on %s pages, the page and its worker train to the bits of Node', async (_, headers, threads) => {
    let post: (text: string) => void;
    const posted = new Promise<string>((resolve) => (post = resolve));
    const server = await serveFiles(files, headers, (text) => post(text));
    await visit(`${server.url}#${threads}`, posted);
    await server.close();

    const trained = JSON.parse(await posted) as unknown;
    // An older Firefox (140) has no relaxed SIMD.
    const builds = [await createKernels({ wide: false }), (await wasmKernels(1, ['simd']))!];
    const expected = [];
    for (const kernels of builds) expected.push({ ...(await train(kernels)), threads });
    expect(expected.map((one) => [one, one])).toContainEqual(trained);
  });
});
