/**
 * The options of a layer in a file. Each of them has to be read, or be known to change nothing: what is not
 * known here is refused, and never passed over.
 */
import type { Refuse } from '../refusal.js';
import { recordOf, shown } from '../record.js';

/** What changes no output: names, and how weights come to be before they are set. */
const FREE = new Set(
  'name trainable dtype seed implementation unroll input_length batch_input_shape unit_forget_bias'.split(
    ' ',
  ),
);
const INITIALIZER = /_initializer$/;
/** What matters in training only, and is not had here. */
const TRAINING = /_(regularizer|constraint)$/;

/** The options of one layer, taken one by one. */
export interface Options {
  /** The value; `standard` where it is missing or null. */
  take(name: string, standard?: unknown): unknown;
  /** Whether it is there, and null: none of something, where a missing one is the default. */
  isNull(name: string): boolean;
  /** @throws InputError unless it is one of `wanted`, of which the first is the default */
  only(name: string, ...wanted: unknown[]): void;
  /**
   * Has to be called when all that is known is taken.
   * @throws InputError when there is more
   */
  end(): void;
  /** Refuses the layer for another reason. */
  readonly refuse: Refuse;
}

/**
 * @param where such as `layer 'lstm'`
 * @param notes gets what matters in training only
 */
export function optionsOf(config: unknown, where: string, refuse: Refuse, notes: string[]): Options {
  const options = recordOf(config);
  const taken = new Set<string>();
  const refuseLayer: Refuse = (what) => refuse(`${where}, ${what}`);
  function take(name: string, standard: unknown = null): unknown {
    taken.add(name);
    const value = Object.hasOwn(options, name) ? options[name] : null;
    return value ?? standard;
  }
  return {
    take,
    refuse: refuseLayer,
    isNull: (name) => Object.hasOwn(options, name) && options[name] === null,
    only(name, ...wanted) {
      const value = take(name, wanted[0]);
      if (!wanted.map((one) => JSON.stringify(one)).includes(JSON.stringify(value)))
        throw refuseLayer(`${name} is ${shown(value)}; only ${shown(wanted[0])} can be had`);
    },
    end() {
      const dtype = policyOf(options.dtype);
      if (dtype.includes('16')) notes.push(`${where}: computes in ${dtype} there, and not here`);
      for (const [name, value] of Object.entries(options)) {
        if (taken.has(name) || FREE.has(name) || INITIALIZER.test(name) || value === null) continue;
        if (!TRAINING.test(name)) throw refuseLayer(`the option ${name} is not known here`);
        notes.push(`${where}: ${name} is ${shown(recordOf(value).class_name ?? value)} there, and none here`);
      }
    },
  };
}

/** The name of a dtype, which may be one of a policy. */
function policyOf(dtype: unknown): string {
  const name = typeof dtype === 'string' ? dtype : recordOf(recordOf(dtype).config).name;
  return typeof name === 'string' ? name : '';
}
