import * as tf from '@tensorflow/tfjs';
import { describe, mismatch } from '../core/index.ts';
import { GaussianSampling } from './layers/index.ts';

/**
 * The first half of an autoencoder or a variational one, as a model with the same weights: what trains the one
 * trains the other. Dispose it when it is not needed any more.
 *
 * (batch, …) → (batch, code): the code, of a variational one its mean
 *
 * @example
 * const network = models.autoencoder({ inputs: 4, hidden: [8], code: 2, seed: 1 });
 * const codes = models.encoder(network).predict(tf.zeros([3, 4])); // (3, 2)
 */
export function encoder(model: tf.LayersModel): tf.LayersModel {
  const code = codeLayer('models.encoder', model);
  const { inputTensors, outputTensors } = code.inboundNodes[0]!;
  return part('encoder', model.inputs[0]!, code instanceof GaussianSampling ? inputTensors[0]! : outputTensors[0]!);
}

/**
 * The second half: makes examples of codes. It has the same weights as the model; dispose it when it is not needed.
 *
 * (batch, code) → (batch, …)
 *
 * @example
 * const network = models.vae({ inputs: 4, hidden: [8], code: 2, seed: 1 });
 * const made = models.decoder(network).predict(tf.randomNormal([5, 2])); // (5, 4)
 */
export function decoder(model: tf.LayersModel): tf.LayersModel {
  const code = codeLayer('models.decoder', model);
  return part('decoder', code.inboundNodes[0]!.outputTensors[0]!, model.outputs[0]!);
}

function codeLayer(where: string, model: tf.LayersModel): tf.layers.Layer {
  const found = model instanceof tf.LayersModel && model.layers.find(({ name }) => name === 'code');
  if (found) return found;
  throw mismatch({
    where: `${where}(model)`,
    expected: "an autoencoder, which has a layer 'code'",
    received: model instanceof tf.LayersModel ? `'${model.name}', which has none` : describe(model),
    hint: 'models.autoencoder(…) and models.vae(…) make one.',
  });
}

/** The layers between two places of a model, applied anew, so that either model can be disposed without the other. */
function part(name: string, from: tf.SymbolicTensor, to: tf.SymbolicTensor): tf.LayersModel {
  const input = tf.input({ name: 'input', shape: from.shape.slice(1) });
  const made = new Map<number, tf.SymbolicTensor>([[from.id, input]]);
  const copy = (tensor: tf.SymbolicTensor): tf.SymbolicTensor => {
    const before = made.get(tensor.id);
    if (before) return before;
    const inputs = tensor.inputs.map(copy);
    const outputs = [tensor.sourceLayer.apply(inputs.length === 1 ? inputs[0]! : inputs)].flat();
    const result = outputs[tensor.outputTensorIndex ?? 0] as tf.SymbolicTensor;
    made.set(tensor.id, result);
    return result;
  };
  return tf.model({ name, inputs: input, outputs: copy(to) });
}
