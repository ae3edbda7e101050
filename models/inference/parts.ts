/** An encoder-decoder model taken apart, so that its decoder can be stepped. */
import type { Model } from '../graph/model.js';
import type { EncoderDecoder } from '../recurrent/encoderDecoder.js';

/** A model in two: up to its encoder, and through its decoder to the end, with the same parameters. */
export interface Parts {
  readonly encoder: Model;
  readonly decoder: Model;
  readonly sourceSteps: number;
}

const partsOfModels = new WeakMap<Model, Parts>();

/**
 * @param of the function that needs the parts, for the error
 * @throws RangeError unless the model has one encoder and decoder
 */
export function partsOf(of: string, model: Model): Parts {
  let parts = partsOfModels.get(model);
  if (!parts) partsOfModels.set(model, (parts = takeApart(of, model)));
  return parts;
}

function takeApart(of: string, model: Model): Parts {
  const places = [...model.layers.keys()].filter((n) => 'parts' in model.layers[n]!.layer);
  if (places.length !== 1)
    throw new RangeError(`${of}: the model must have one encoderDecoder layer; it has ${places.length}`);
  const [place] = places as [number];
  const { name, layer } = model.layers[place]! as unknown as { name: string; layer: EncoderDecoder };
  const [below, above] = [model.layers.slice(0, place), model.layers.slice(place + 1)];
  const { encoder, decoder } = layer.parts;
  return {
    encoder: withLayers(model, [...below, { name, layer: encoder }]),
    decoder: withLayers(model, [...below, { name, layer: decoder }, ...above]),
    sourceSteps: layer.sourceSteps,
  };
}

const withLayers = (model: Model, layers: Model['layers']): Model => ({
  ...{ ...model, layers },
  get isDisposed() {
    return model.isDisposed;
  },
});
