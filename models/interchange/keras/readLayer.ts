/** Layers of Keras and tfjs, one by one, as ours: what each option is here. */
import type { Json, LayerConfig } from '../../layers/config.js';
import type { Refuse } from '../refusal.js';
import { MEANING, type Dialect } from './dialect.js';
import { optionsOf, type Options } from './options.js';
import { recordOf, shown, type JsonRecord } from '../record.js';

/** How the layers of a file are read. */
export interface Reading {
  readonly dialect: Dialect;
  readonly refuse: Refuse;
  /** What to know about the model. */
  readonly notes: string[];
}

/** A layer to be read: its class and options, and how messages call it. */
interface Given {
  readonly className: string;
  readonly config: JsonRecord;
  readonly where: string;
}

/** Ours, without a name; null: nothing that is computed here. */
type Read = (given: Given, options: Options, reading: Reading) => LayerConfig | null;

const DENSE = ['linear', 'relu', 'tanh', 'sigmoid', 'softmax'];

const recurrent: Read = ({ className }, options, reading) => ({
  kind: 'recurrent',
  ...cellOf(className, options, reading),
  goBackwards: options.take('go_backwards', false) as Json,
});

const READERS: Readonly<Record<string, Read>> = {
  ...{ SimpleRNN: recurrent, LSTM: recurrent, GRU: recurrent, Bidirectional: bidirectional },
  Dense: (_, options) => denseOf(options),
  TimeDistributed({ where }, options, { refuse, notes }) {
    const { className, config } = wrapped(options, 'layer');
    if (className !== 'Dense') throw options.refuse(`its layer is ${className}; only Dense can be had`);
    const inner = optionsOf(config, where, refuse, notes);
    const layer = denseOf(inner);
    inner.end();
    return { kind: 'timeDistributed', layer };
  },
  Embedding(_, options) {
    const [units, maskZero] = [options.take('output_dim'), options.take('mask_zero', false)] as Json[];
    // What the input's width is read from.
    options.take('input_dim');
    return { kind: 'embedding', units: units!, maskZero: maskZero! };
  },
  LayerNormalization(_, options) {
    const axis = JSON.stringify(options.take('axis', -1));
    // tfjs and Keras write what is meant: the last of three.
    if (!['-1', '[-1]', '2', '[2]'].includes(axis))
      throw options.refuse(`axis is ${axis}; only the last one can be had`);
    options.only('center', true);
    options.only('scale', true);
    options.only('rms_scaling', false);
    return { kind: 'layerNormalization', epsilon: options.take('epsilon', 1e-3) as Json };
  },
  Dropout(_, options) {
    options.only('noise_shape', null);
    return { kind: 'dropout', rate: options.take('rate') as Json };
  },
  SpatialDropout1D: (_, options) => ({ kind: 'spatialDropout1D', rate: options.take('rate') as Json }),
  RepeatVector: (_, options) => ({ kind: 'repeatVector', steps: options.take('n') as Json }),
  Masking({ where }, options, { notes }) {
    const value = shown(options.take('mask_value', 0));
    notes.push(
      `${where}: steps of ${value} are padding there; here unroll(.., { mask: true }) is told which`,
    );
    return null;
  },
};

/**
 * The layer as one of ours, without its name; null for one that computes nothing.
 * @throws InputError when there is none like it, or an option has a value that cannot be had
 */
export function readLayer(className: string, name: string, config: JsonRecord, reading: Reading) {
  const { refuse, notes } = reading;
  const where = `layer '${name}'`;
  if (['Sequential', 'Functional', 'Model'].includes(className))
    throw refuse(`${where} is a model of its own; only layers can be read`);
  if (!Object.hasOwn(READERS, className))
    throw refuse(`${where} is a ${className}; known are ${Object.keys(READERS).join(', ')}`);
  const options = optionsOf(config, where, refuse, notes);
  const layer = READERS[className]!({ className, config, where }, options, reading);
  options.end();
  return layer;
}

/** The cell of a layer, and its options. */
function cellOf(className: string, options: Options, { dialect }: Reading) {
  const { program, recurrentActivation, resetAfter, dropsPerGate } = MEANING[dialect];
  requireActivation(options, 'activation', 'tanh');
  let cell = className === 'LSTM' ? 'lstm' : 'rnn';
  if (className !== 'SimpleRNN') {
    if (options.take('recurrent_activation') === null && recurrentActivation !== 'sigmoid')
      throw options.refuse(
        `recurrent_activation is missing, which is ${recurrentActivation} in ${program}; only sigmoid can be had`,
      );
    requireActivation(options, 'recurrent_activation', 'sigmoid');
  }
  if (className === 'GRU') {
    cell = options.take('reset_after', resetAfter) === true ? 'gruResetAfter' : 'gru';
    options.only('reset_after', resetAfter, !resetAfter);
  }
  // Whoever reads more than the first output is asked for it; biases are missing in the file then.
  for (const name of ['return_state', 'use_bias']) options.only(name, false, true);
  options.only('zero_output_for_mask', false);
  const recurrentDropout = options.take('recurrent_dropout', 0) as Json;
  return {
    ...{ cell, units: options.take('units') as Json, recurrentDropout },
    returnSequences: options.take('return_sequences', false) as Json,
    stateful: options.take('stateful', false) as Json,
    dropout: options.take('dropout', 0) as Json,
    dropoutPerGate: dropsPerGate && recurrentDropout !== 0,
  };
}

function requireActivation(options: Options, name: string, wanted: string): void {
  if (options.isNull(name)) throw options.refuse(`${name} is linear; only ${wanted} can be had`);
  options.only(name, wanted);
}

function denseOf(options: Options): LayerConfig {
  options.only('use_bias', true, false);
  options.only('quantization_config', null);
  const activation = options.take('activation', 'linear');
  if (!DENSE.includes(activation as string))
    throw options.refuse(`activation is ${shown(activation)}; known are ${DENSE.join(', ')}`);
  return { kind: 'dense', units: options.take('units') as Json, activation: activation as string };
}

/** A layer within a layer. */
function wrapped(options: Options, name: string): { className: string; config: JsonRecord } {
  const { class_name: className, config } = recordOf(options.take(name));
  if (typeof className !== 'string') throw options.refuse(`${name} is no layer`);
  return { className, config: recordOf(config) };
}

function bidirectional({ where }: Given, options: Options, reading: Reading): LayerConfig {
  const forward = wrapped(options, 'layer');
  if (!['SimpleRNN', 'LSTM', 'GRU'].includes(forward.className))
    throw options.refuse(`its layer is ${forward.className}; SimpleRNN, LSTM and GRU can be had`);
  requireTwin(options, forward);
  // Keras sets it so, whatever the layer had.
  const config = { ...forward.config, zero_output_for_mask: false };
  const inner = optionsOf(config, where, reading.refuse, reading.notes);
  const cell = cellOf(forward.className, inner, reading);
  inner.only('go_backwards', false);
  inner.end();
  return { kind: 'bidirectional', ...cell, mergeMode: modeOf(options) };
}

/** @throws InputError when the backward layer is another than the forward one */
function requireTwin(options: Options, forward: { className: string; config: JsonRecord }): void {
  const given = options.take('backward_layer');
  if (given === null) return;
  const { className, config } = wrapped(options, 'backward_layer');
  if (className !== forward.className)
    throw options.refuse(`its backward_layer is ${className}, and its layer ${forward.className}`);
  const [there, here] = [comparable(config), comparable(forward.config)];
  for (const name of new Set([...Object.keys(there), ...Object.keys(here)])) {
    if (name === 'go_backwards') {
      if ((there[name] ?? false) === !(here[name] ?? false)) continue;
    } else if (JSON.stringify(there[name]) === JSON.stringify(here[name])) continue;
    throw options.refuse(
      `its backward_layer has ${name} ${shown(there[name])}, its layer ${shown(here[name])}`,
    );
  }
}

/** Without what changes nothing. */
const comparable = (config: JsonRecord): JsonRecord =>
  Object.fromEntries(
    Object.entries(config).filter(
      ([name]) =>
        !/^(name|trainable|dtype|seed|implementation|unroll)$|_(initializer|regularizer|constraint)$/.test(
          name,
        ),
    ),
  );

function modeOf(options: Options): string {
  const mode = options.isNull('merge_mode') ? null : options.take('merge_mode', 'concat');
  if (!['concat', 'sum', 'ave', 'mul'].includes(mode as string))
    throw options.refuse(`merge_mode is ${shown(mode)}; known are concat, sum, ave, mul`);
  return mode as string;
}
