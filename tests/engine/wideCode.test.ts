/**
 * V8 joins two operations on 128 bits to one on 256 if their code has a certain form (docs/wide.md), and says nothing if it
 * does not. An edit that loses the form loses half of the speed and no bit. So here is what each function has.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { disassembleWideBuild, whyNarrow, wideStores, type MachineCode } from './machineCode.js';

/** Stores of 256 bits by function. A store of the source counts as often as V8 unrolls its loop. */
const STORES: Readonly<Record<string, number>> = {
  'activationLoops/reluBackward': 4,
  'activationLoops/reluForward': 4,
  'activationLoops/sigmoidBackward': 4,
  'activationLoops/sigmoidForward': 4,
  'activationLoops/softmaxBackward': 4,
  'activationLoops/tanhBackward': 4,
  'activationLoops/tanhForward': 4,
  'copyMatrix/copyMatrix': 12,
  'coupledLoops/coupledBackward': 4,
  'coupledLoops/coupledForward': 6,
  'elementwise/add': 4,
  'elementwise/clamp': 4,
  'elementwise/copy': 4,
  'elementwise/fill': 4,
  'elementwise/multiply': 4,
  'elementwise/scale': 4,
  'gemm/packPanels': 8,
  'normalize/normalize': 4,
  'normalize/normalizeBackward': 4,
  'panel/tilesOfFive': 20,
  'panel/tilesOfFour': 16,
  'panel/tilesOfOne': 4,
  'panel/tilesOfSix': 24,
  'panel/tilesOfThree': 12,
  'panel/tilesOfTwo': 8,
  'gruLoops/gruBackwardGates': 8,
  'gruLoops/gruBackwardState': 9,
  'gruLoops/gruForwardGates': 3,
  'gruLoops/gruForwardState': 2,
  'gruResetAfterLoops/gruResetAfterBackward': 7,
  'gruResetAfterLoops/gruResetAfterForward': 4,
  'lossRows/binaryRow': 1,
  'lossRows/softmaxRow': 3,
  'lossRows/squaredRow': 4,
  'lstmLoops/lstmBackward': 5,
  'lstmLoops/lstmForward': 11,
  'lstmLayerNormLoops/lstmLayerNormBackwardGates': 4,
  'lstmLayerNormLoops/lstmLayerNormBackwardState': 6,
  'lstmLayerNormLoops/lstmLayerNormForwardGates': 5,
  'lstmLayerNormLoops/lstmLayerNormForwardState': 6,
  'mapMath/mapExp': 4,
  'mapMath/mapSigmoid': 4,
  'mapMath/mapTanh': 4,
  'peepholeLoops/peepholeBackward': 8,
  'peepholeLoops/peepholeForward': 7,
  'rnnLoops/rnnBackward': 4,
  'rnnLoops/rnnForward': 4,
  'rows/copyMasked': 4,
  'rows/gather': 8,
  'rows/scatterAdd': 4,
  'rows/setRows': 4,
  'rows/sumRows': 8,
  'scaleLoops/scaleBackward': 8,
  'scaleLoops/scaleForward': 4,
  'softmax/softmax': 1,
  'tile/tileOfPanels': 16,
  'updates/adagrad': 9,
  'updates/adam': 9,
  'updates/decay': 4,
  'updates/nesterov': 8,
  'updates/rmsprop': 9,
  'updates/sgd': 8,
};

/** Functions without any, and why. */
const NARROW: Readonly<Record<string, string>> = {
  'copyMatrix/copyTransposed':
    'two 4x4 blocks are adjacent where they are read or where they are written, not both',
  'elementwise/sumOfSquares': 'conversions to float64 are not joined',
  'gemm/gemm': 'calls others',
  'gemm/gemmPacked': 'calls others',
  'panel/multiplyPanel': 'calls others',
  'gemm/pack': 'calls others',
  'gemm/useScratch': 'has no loop',
  'losses/binaryCrossEntropy': 'adds weights in float64, and calls others for each row',
  'losses/findNoClass': 'reads one integer of each row',
  'losses/meanSquaredError': 'adds weights in float64, and calls others for each row',
  'losses/softmaxCrossEntropy': 'adds weights in float64, and calls others for each row',
  'losses/sumOfLosses': 'adds in float64, in order',
  'losses/weighRows': 'adds weights in float64',
  'multiplyAdd/multiplyAddOne': 'computes one number, to see whether the engine fuses',
  'program/replay': 'calls others',
};

const describeWide = whyNarrow === undefined ? describe : describe.skip;
const title = whyNarrow === undefined ? '' : ` (skipped: ${whyNarrow})`;

describeWide(`the machine code of the wide build${title}`, () => {
  let wide: MachineCode[], afterwards: MachineCode[];
  beforeAll(() => {
    ({ wide, afterwards } = disassembleWideBuild());
  });

  it('stores 256 bits in all functions but those that cannot, as often as before', () => {
    const expected = { ...STORES, ...Object.fromEntries(Object.keys(NARROW).map((name) => [name, 0])) };
    expect(Object.fromEntries(wide.map((code) => [code.name, wideStores(code)]))).toEqual(expected);
  });

  it('computes the six rows of a tile in twelve registers of 256 bits, without any of 128', () => {
    const { instructions } = wide.find(({ name }) => name === 'panel/tilesOfSix')!;
    const sums = instructions.filter((line) => line.includes('vfmadd'));
    expect(sums).toHaveLength(12);
    for (const line of sums) expect(line).toMatch(/vfmadd\w+ ymm\d+,ymm\d+,ymm\d+$/);
  });

  it('has 128 bits again in functions that are compiled afterwards', () => {
    expect(afterwards.map(({ name }) => name)).toEqual(wide.map(({ name }) => name));
    expect(afterwards.filter((code) => wideStores(code) > 0)).toEqual([]);
  });
});
