import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import {
  assertInteger,
  assertKeys,
  assertNumber,
  assertSeed,
  freshSeed,
  mismatch,
  type Random,
  random,
} from '../core/index.ts';
import { displayChannel } from '../display/channel.ts';
import { PositionalEncoding } from './layers/index.ts';
import { assertTokens, vocabularyOf } from './tokens.ts';

export interface GenerateOptions {
  /** How many tokens to add. Default 100. */
  length?: number;
  /** Below 1 the likely tokens become likelier, above 1 all become more alike; 0 takes the likeliest. Default 1. */
  temperature?: number;
  /** Draws among so many likeliest tokens only. Default: among all. */
  topK?: number;
  /** Ends the text: it is added, and nothing after it. */
  stopAt?: number;
  /** Of the draws. Without one, every text is another. */
  seed?: number;
  /** Called with each new token, for texts that grow on the page. */
  onToken?: (token: number) => void;
  /** Ends it early; the tokens so far are returned. A notebook's stop button does it too. */
  signal?: AbortSignal;
}

const KEYS = ['length', 'temperature', 'topK', 'stopAt', 'seed', 'onToken', 'signal'];
const WHERE = 'models.generate';

/**
 * Goes on with a sequence: asks the model for the probabilities of the next token, draws one, and asks again. A
 * decoder, or a recurrent network with predict: 'every', that was trained to predict at each position the next token.
 * What is longer than the model can read is read from its end.
 *
 * Gives the new tokens, without those of the prompt.
 *
 * @example
 * const model = models.transformer({ kind: 'decoder', vocabulary: 96, length: 64, seed: 1 });
 * const tokens = await models.generate(model, [12, 5], { length: 20, temperature: 0.8, topK: 10, seed: 1 });
 */
export async function generate(
  model: tf.LayersModel,
  prompt: readonly number[],
  options: GenerateOptions = {},
): Promise<number[]> {
  assertKeys(`${WHERE}(options)`, options, KEYS);
  const { length = 100, temperature = 1, seed = freshSeed(), stopAt, onToken } = options;
  const vocabulary = assertLanguageModel(model);
  const { topK = vocabulary } = options;
  assertInteger(`${WHERE}({ length })`, length, { min: 0 });
  assertNumber(`${WHERE}({ temperature })`, temperature, { min: 0 });
  assertInteger(`${WHERE}({ topK })`, topK, { min: 1 });
  if (stopAt !== undefined) assertInteger(`${WHERE}({ stopAt })`, stopAt, { min: 0, max: vocabulary - 1 });
  assertSeed(`${WHERE}({ seed })`, seed);
  assertTokens(`${WHERE}(model, prompt)`, model, prompt);

  const signals = [options.signal, displayChannel()?.signal];
  const window = longest(model);
  const draws = random(seed).derive('generate');
  const tokens = [...prompt];
  for (let i = 0; i < length && !signals.some(signal => signal?.aborted); i++) {
    const probabilities = nextProbabilities(model, tokens.slice(-window));
    const token = draw(probabilities, temperature, topK, draws);
    tokens.push(token);
    onToken?.(token);
    if (token === stopAt) break;
    await setImmediate();
  }
  return tokens.slice(prompt.length);
}

function nextProbabilities(model: tf.LayersModel, tokens: number[]): Float32Array {
  return tf.tidy(() => {
    const all = model.predict(tf.tensor2d(tokens, [1, tokens.length], 'int32')) as tf.Tensor3D; // (1, T, V)
    return all.slice([0, tokens.length - 1, 0], [1, 1, -1]).dataSync() as Float32Array;
  });
}

/** One of the `topK` likeliest, with probabilities p^(1 / temperature), which is a softmax of logits / temperature. */
export function draw(probabilities: Float32Array, temperature: number, topK: number, generator: Random): number {
  const order = Array.from(probabilities, (_, token) => token).sort((a, b) => probabilities[b]! - probabilities[a]!);
  const best = order.slice(0, topK);
  if (temperature === 0 || best.length === 1) return best[0]!;
  // Relative to the likeliest: a small temperature would take the powers of all of them below the smallest number.
  const weights = best.map(token => (probabilities[token]! / probabilities[best[0]!]!) ** (1 / temperature));
  return generator.choice(best, weights);
}

function longest(model: tf.LayersModel): number {
  return model.layers.find(layer => layer instanceof PositionalEncoding)?.length ?? Number.POSITIVE_INFINITY;
}

function assertLanguageModel(model: tf.LayersModel): number {
  const shape = model?.outputs?.[0]?.shape;
  const vocabulary = model && vocabularyOf(model);
  if (vocabulary !== undefined && shape?.length === 3 && shape[2] === vocabulary) return vocabulary;
  throw mismatch({
    where: `${WHERE}(model)`,
    expected: 'a model from tokens to probabilities of all tokens at each position',
    received: shape
      ? `'${model.name}', with the output [${shape.map(size => size ?? 'any').join(', ')}]`
      : String(model),
    hint: "models.transformer({ kind: 'decoder', … }) makes one, and models.rnn({ predict: 'every', … }) too.",
  });
}
