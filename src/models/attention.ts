import * as tf from '@tensorflow/tfjs';
import { mismatch } from '../core/index.ts';
import { SelfAttention } from './layers/index.ts';
import { assertTokens } from './tokens.ts';

export interface AttentionWeights {
  /** The layer's name, such as `block1/attention`. */
  layer: string;
  /** For each head: `heads[h][i][j]` is how much position i takes from position j; each row has the sum 1. */
  heads: number[][][];
}

/**
 * Who looks at whom in a Transformer that reads a sequence, layer by layer: for heat maps.
 *
 * tokens: one sequence of whole numbers → for each attention layer (heads, time, time)
 *
 * @example
 * const model = models.transformer({ kind: 'decoder', vocabulary: 10, length: 8, seed: 1 });
 * const [first] = models.attention(model, [1, 5, 2]);
 * first.heads[0][2]; // what position 2 takes from positions 0, 1 and 2
 */
export function attention(model: tf.LayersModel, tokens: readonly number[]): AttentionWeights[] {
  const where = 'models.attention';
  const layers = model.layers.filter(layer => layer instanceof SelfAttention);
  if (layers.length === 0)
    throw mismatch({
      where: `${where}(model)`,
      expected: 'a model with attention',
      received: `'${model.name}', which has none`,
      hint: 'models.transformer(…) makes one.',
    });
  assertTokens(`${where}(model, tokens)`, model, tokens);
  const found = new Map<SelfAttention, number[][][]>();
  try {
    for (const layer of layers)
      layer.onWeights = weights => found.set(layer, (weights.arraySync() as number[][][][])[0]!);
    tf.tidy(() => void model.predict(tf.tensor2d([...tokens], [1, tokens.length], 'int32')));
  } finally {
    for (const layer of layers) layer.onWeights = undefined;
  }
  return layers.map(layer => ({ layer: layer.name, heads: found.get(layer)! }));
}
