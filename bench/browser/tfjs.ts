/** tfjs and its four backends for browsers, each loaded on demand. */
import * as tf from '@tensorflow/tfjs-core';
import { build } from '../steps/tfjs.js';
import type { Task } from '../steps/task.js';
import type { CompetitorId } from './competitors.js';
import type { About, Contestant } from './protocol.js';

type TfjsId = Exclude<CompetitorId, 'ours1' | 'oursAll'>;

/** A backend that is selected. */
interface Selected {
  readonly threads?: number;
  readonly about?: About;
}

const SELECT: Readonly<Record<TfjsId, (threads: number) => Promise<Selected>>> = {
  tfjsCpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    return select('cpu');
  },
  tfjsWasm1: selectWasm,
  tfjsWasmAll: selectWasm,
  tfjsWebgl: selectWebgl,
  tfjsWebgpu: selectWebgpu,
};

/** @throws Error when this browser lacks what the backend needs */
export async function theirs(id: TfjsId, task: Task, wanted: number): Promise<Contestant> {
  tf.enableProdMode();
  const { threads = 1, about } = await SELECT[id](wanted);
  return { threads, about: { tfjs: tf.version_core, ...about }, run: build(task) };
}

async function select(backend: string): Promise<Selected> {
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot start its ${backend} backend here`);
  return {};
}

async function selectWasm(threads: number): Promise<Selected> {
  const { default: files } = await import('virtual:tfjs-wasm');
  const { getThreadsCount, setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(files);
  setThreadsCount(threads);
  await select('wasm');
  if (getThreadsCount() < Math.min(threads, 2))
    throw new Error('tfjs takes at most half of the cores, which is one here');
  const [simd, shared] = [
    await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'),
    await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'),
  ];
  return {
    threads: getThreadsCount(),
    about: { build: simd ? (shared ? 'threaded SIMD' : 'SIMD') : 'plain' },
  };
}

interface WebGL {
  getExtension(name: string): { readonly UNMASKED_RENDERER_WEBGL: number } | null;
  getParameter(name: number): unknown;
}

interface Canvas {
  getContext(kind: 'webgl2'): WebGL | null;
}

async function selectWebgl(): Promise<Selected> {
  const { OffscreenCanvas } = globalThis as unknown as {
    OffscreenCanvas?: new (w: number, h: number) => Canvas;
  };
  const gl = OffscreenCanvas && new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) throw new Error('this browser has no WebGL 2 in workers');
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  await import('@tensorflow/tfjs-backend-webgl');
  await select('webgl');
  // Half floats have losses of their own.
  const bits = tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ? 32 : 16;
  const device = names ? String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL)) : 'unknown';
  return { about: { device, 'bits of a float': bits } };
}

interface Adapter {
  readonly info?: { readonly vendor: string; readonly architecture: string; readonly description: string };
}

async function selectWebgpu(): Promise<Selected> {
  const { navigator } = globalThis as unknown as {
    navigator: { gpu?: { requestAdapter(): Promise<Adapter | null> } };
  };
  if (!navigator.gpu) throw new Error('this browser, or this page, has no WebGPU');
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('WebGPU finds no device');
  await import('@tensorflow/tfjs-backend-webgpu');
  await select('webgpu');
  const { vendor = '', architecture = '', description = '' } = adapter.info ?? {};
  return { about: { device: [vendor, architecture, description].filter(Boolean).join(' ') || 'unknown' } };
}
