/** Pictures of graphs show what the graph contains. */
import { describe, expect, it } from '@jest/globals';
import { createRandom, type Tensor } from '../../engine/index.js';
import {
  bidirectional,
  createModel,
  dense,
  embedding,
  encoderDecoder,
  features,
  lstm,
  oneHot,
  recurrent,
  repeatVector,
  unroll,
  type InputSpec,
  type Layer,
  toSvg,
  trace,
  toDot,
} from '../../models/index.js';
import { float64 } from '../kernels.js';
import { randomize } from '../tensors.js';

const [B, H, V] = [2, 4, 5];
const sequences = { units: H, returnSequences: true };

function graphOf(layers: readonly Layer[], steps: number, input: InputSpec = features(3)) {
  const model = createModel({ kernels: float64, input, layers, seed: 1 });
  const graph = unroll(model, { batch: B, steps, loss: 'softmaxCrossEntropy' });
  if (input.kind === 'features') randomize(graph.input as Tensor, createRandom(1));
  return graph;
}

const count = (text: string, part: string) => text.split(part).length - 1;

const twoLayers = [recurrent(lstm, sequences), recurrent(lstm, { units: H }), dense(V)];

/** Well-formed: every element that is opened is closed, in the right order. */
function expectWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [, closing, name, selfClosing] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/gi)) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!selfClosing) open.push(name!);
  }
  expect(open).toEqual([]);
  expect(svg.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
  expect(svg).not.toMatch(/NaN|undefined|null/);
}

/** Parses DOT text without Graphviz: accepts known statements only, and no arrows to missing nodes. */
function parseDot(dot: string) {
  const nodes = new Map<string, string>();
  const edges: { from: string; to: string; attributes: string }[] = [];
  const attributes = '(?: \\[((?:"(?:[^"\\\\]|\\\\.)*"|[^"\\]])*)\\])?;';
  for (const line of dot.split('\n').map((one) => one.trim())) {
    const node = new RegExp(`^([nw]\\d+(?:_\\d+)?)${attributes}$`).exec(line);
    const edge = new RegExp(`^([nw][\\d_]+(?: -> [nw][\\d_]+)*)${attributes}$`).exec(line);
    if (node) nodes.set(node[1]!, node[2]!);
    else if (edge) {
      const ends = edge[1]!.split(' -> ');
      ends.slice(1).forEach((to, n) => edges.push({ from: ends[n]!, to, attributes: edge[2] ?? '' }));
    } else
      expect(line).toMatch(
        /^(digraph unrolled \{|\{ rank=same;|\}|rankdir=BT;|(graph|node|edge) \[.*\];|label=".*";|)$/,
      );
  }
  for (const { from, to } of edges) expect([nodes.has(from), nodes.has(to)]).toEqual([true, true]);
  return { nodes, arrows: edges.filter(({ attributes }) => !attributes.includes('style=invis')) };
}

describe('the picture of two layers', () => {
  const graph = graphOf(twoLayers, 40);

  it('draws each weight once and names it at every step shown', () => {
    const svg = toSvg(graph);
    expectWellFormed(svg);
    for (const weight of ['U₁ 3×16', 'W₁ 4×16', 'U₂ 4×16', 'W₂ 4×16', 'V 4×5']) {
      expect(count(svg, `>${weight}<`)).toBe(1);
    }
    expect([count(svg, '>U₁<'), count(svg, '>W₁<'), count(svg, '>V<')]).toEqual([6, 6, 1]);
  });

  it('omits steps in the middle of a long sequence, and none of a short one', () => {
    expect(toSvg(graph)).toContain('>x₃₉<');
    expect(toSvg(graph)).not.toContain('>x₃<');
    expect(count(toSvg(graph), '>⋯<')).toBe(3);
    expect(toSvg(graphOf(twoLayers, 7))).not.toContain('⋯');
  });

  it('has colours and a legend after a backward pass, and only then', () => {
    const fresh = graphOf(twoLayers, 40);
    expect(toSvg(fresh)).not.toContain('Norm of');
    fresh.forward();
    expect(toSvg(fresh)).not.toContain('Norm of');
    fresh.backward();
    const svg = toSvg(fresh);
    expectWellFormed(svg);
    expect(svg).toContain('Norm of');
    const { norms } = trace(fresh)['lstm']!;
    const shown = /lstm, step 38, gradient norm ([^<]*)</.exec(svg)![1]!;
    expect(+shown).toBeCloseTo(norms!['h']![38]!, 3);
    // Furthest from the loss, the gradient is smallest and dark.
    expect(svg).toMatch(/lstm2, step 0, [^<]*<\/title><rect class="box" style="fill:#440154"/);
  });

  it('is the same in DOT', () => {
    const { nodes, arrows } = parseDot(toDot(graph));
    // 3 lanes of 6 steps and a gap, y, L; and 5 names.
    expect(nodes.size).toBe(3 * 7 + 2 + 5);
    expect(arrows.filter(({ attributes }) => attributes.includes('label="W₁"'))).toHaveLength(6);
    expect(arrows.filter(({ attributes }) => attributes.includes('label="U₂"'))).toHaveLength(6);
  });
});

describe('the picture', () => {
  it('of both directions has arrows both ways', () => {
    const graph = graphOf([bidirectional(lstm, sequences), dense(V)], 4);
    graph.forward();
    graph.backward();
    expectWellFormed(toSvg(graph));
    const { arrows } = parseDot(toDot(graph));
    expect(arrows.filter(({ attributes }) => attributes.includes('dir=back'))).toHaveLength(3);
    expect(arrows.filter(({ attributes }) => attributes.includes('label="W₁"'))).toHaveLength(3);
    // Every merged state reads both directions.
    expect(arrows.filter(({ to }) => to.startsWith('n3_'))).toHaveLength(8);
  });

  it('of an encoder and a decoder has the one vector between them', () => {
    const layers = [
      embedding(3),
      recurrent(lstm, { units: H }),
      repeatVector(3),
      recurrent(lstm, sequences),
      dense(V),
    ];
    const graph = graphOf(layers, 5, oneHot(6));
    expectWellFormed(toSvg(graph));
    const { arrows } = parseDot(toDot(graph));
    const repeated = arrows.filter(({ from, to }) => [from, to].includes('n3_0'));
    expect(repeated.map(({ from, to }) => [from, to])).toEqual([
      ['n2_4', 'n3_0'],
      ['n3_0', 'n4_0'],
      ['n3_0', 'n4_1'],
      ['n3_0', 'n4_2'],
    ]);
  });

  it('of an encoder that passes its state on has the decoder start where the encoder ends', () => {
    const layers = [embedding(3), encoderDecoder(lstm, { units: H, sourceSteps: 9 }), dense(V)];
    const graph = graphOf(layers, 11, oneHot(6));
    graph.input.data.forEach((_, n, x) => (x[n] = n % 6));
    graph.forward();
    graph.backward();
    expectWellFormed(toSvg(graph));
    expect(toSvg(graph)).toMatch(
      /encoderDecoder.encoder, step 8, gradient norm [^<]*<\/title><rect class="box" style=/,
    );
    const { nodes, arrows } = parseDot(toDot(graph));
    // The source is shortened on its own: 3 steps, a gap, 3 steps; then the 2 of the decoder.
    expect(nodes.get('n0_8')).toContain('x₁₀');
    expect(nodes.get('n3_1')).toContain('h₁');
    const sources = (lane: string) =>
      arrows.filter(({ to }) => to.startsWith(`n${lane}_`)).map(({ from, to }) => `${from} ${to}`);
    expect(sources('2').filter((arrow) => arrow.startsWith('n1'))).toEqual(
      [0, 1, 2, 4, 5, 6].map((n) => `n1_${n} n2_${n}`),
    );
    expect(sources('3')).toEqual(['n1_7 n3_0', 'n1_8 n3_1', 'n3_0 n3_1', 'n2_6 n3_0']);
    expect(sources('4')).toEqual(['n3_0 n4_0', 'n3_1 n4_1']);
  });

  it('of a sequence read backwards has the outputs in reverse order', () => {
    const layers = [recurrent(lstm, { ...sequences, goBackwards: true }), recurrent(lstm, { units: H })];
    const { arrows } = parseDot(toDot(graphOf(layers, 3)));
    const between = (a: string, b: string) =>
      arrows
        .filter(({ from, to }) => from.startsWith(a) && to.startsWith(b))
        .map((one) => [one.from, one.to]);
    expect(between('n1_', 'n2_')).toEqual([
      ['n1_2', 'n2_0'],
      ['n1_1', 'n2_1'],
      ['n1_0', 'n2_2'],
    ]);
    expect(between('n2_', 'n3_')).toEqual([0, 1, 2].map((t) => [`n2_${t}`, `n3_${t}`]));
  });

  it.each([
    ['one step, read in both directions', [bidirectional(lstm, sequences), dense(V)]],
    ['one step, read once', [recurrent(lstm, sequences), dense(V)]],
  ])('has no text that is wider than its box: %s', (_, layers) => {
    const graph = graphOf(layers, 1);
    expect(toSvg(graph)).toContain('>L<');
    expect(toSvg(graph)).not.toContain('softmaxCrossEntropy');
    graph.forward();
    graph.backward();
    // Wide enough for the legend.
    expect(+/ width="([\d.]+)"/.exec(toSvg(graph))![1]!).toBeGreaterThan(380);
  });

  it('of one step also has the two directions side by side', () => {
    const svg = toSvg(graphOf([bidirectional(lstm, sequences), dense(V)], 1));
    const at = (part: string) =>
      new RegExp(`bidirectional.${part}, step 0</title><rect class="box" x="([^"]*)"`).exec(svg)![1]!;
    expect(+at('backward')).toBeGreaterThan(+at('forward'));
  });

  it('gives steps of padding no colour', () => {
    const model = createModel({ kernels: float64, input: features(3), layers: twoLayers });
    const graph = unroll(model, { batch: B, steps: 6, loss: 'softmaxCrossEntropy', mask: true });
    const run = (padding: number) => {
      graph.mask!.data.fill(1).fill(0, 0, padding * B);
      randomize(graph.input as Tensor, createRandom(1));
      graph.forward();
      graph.backward();
      return toSvg(graph);
    };
    // Leftovers of a longer batch are not shown.
    expect(run(0)).toMatch(/lstm, step 1, [^<]*<\/title><rect class="box" style=/);
    expect(run(2)).toMatch(/lstm, step 1, gradient norm 0<\/title><rect class="box" x=/);
  });

  it('escapes names', () => {
    const graph = graphOf([recurrent({ ...lstm, name: '<b>"&' }, { units: H }), dense(V)], 2);
    expectWellFormed(toSvg(graph));
    parseDot(toDot(graph));
  });
});
