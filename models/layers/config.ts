/** What a layer says of itself: the function that makes it, and its options. `createLayer` makes it again. */

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A layer as plain JSON: its kind, its name if it was given one, and all options, defaults included. */
export interface LayerConfig {
  /** The function that makes it: `recurrent`, `dense`. */
  readonly kind: string;
  readonly [option: string]: Json;
}
