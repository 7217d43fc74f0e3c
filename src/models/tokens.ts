import type { LayersModel } from '@tensorflow/tfjs';
import { assertInteger, describe, mismatch } from '../core/index.ts';

/** How many tokens a model knows: the rows of its embedding. */
export function vocabularyOf(model: LayersModel): number | undefined {
  const embedding = model.layers.find(layer => layer.getClassName() === 'Embedding');
  return embedding && (embedding.getConfig().inputDim as number);
}

/** One sequence of tokens that the model knows. */
export function assertTokens(where: string, model: LayersModel, tokens: unknown): asserts tokens is number[] {
  if (!Array.isArray(tokens) || tokens.length === 0)
    throw mismatch({
      where,
      expected: 'a list of at least one token',
      received: describe(tokens),
      hint:
        typeof tokens === 'string'
          ? 'Turn the text into tokens first, with the tokeniser of the training data.'
          : undefined,
    });
  const vocabulary = vocabularyOf(model) ?? Number.MAX_SAFE_INTEGER;
  for (const [i, token] of tokens.entries())
    assertInteger(`${where}[${i}]`, token, {
      min: 0,
      max: vocabulary - 1,
      hint: `The model knows ${vocabulary} tokens.`,
    });
}
