import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { random } from '../../src/core/index.ts';
import '../../src/engine/index.ts';
import { draw } from '../../src/models/generate.ts';
import * as models from '../../src/models/index.ts';

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
});

const decoder = () =>
  models.transformer({ kind: 'decoder', vocabulary: 12, length: 8, width: 8, heads: 2, blocks: 1, seed: 1 });

describe('generate', () => {
  test('the seed decides the text, and the model the likeliest one', async () => {
    const model = decoder();
    const options = { length: 20, seed: 3 };
    const text = await models.generate(model, [1, 2], options);
    expect(text.length).toBe(20);
    expect(await models.generate(model, [1, 2], options)).toEqual(text);
    expect(await models.generate(model, [1, 2], { ...options, seed: 4 })).not.toEqual(text);
    const likeliest = await models.generate(model, [1, 2], { length: 9, temperature: 0 });
    expect(await models.generate(model, [1, 2], { length: 9, topK: 1 })).toEqual(likeliest);
    // By hand, and past the eight tokens that the model can read.
    const tokens = [1, 2];
    for (let i = 0; i < 9; i++)
      tf.tidy(() => {
        const read = tokens.slice(-8);
        const all = model.predict(tf.tensor2d([read], [1, read.length], 'int32')) as tf.Tensor3D;
        tokens.push((all.argMax(2).arraySync() as number[][])[0]!.at(-1)!);
      });
    expect(likeliest).toEqual(tokens.slice(2));
    model.dispose();
  });

  test('a recurrent network that predicts at every step writes too', async () => {
    const model = models.rnn({
      cell: 'gru',
      vocabulary: 6,
      maskPadding: false,
      units: 5,
      predict: 'every',
      task: 'classification',
      outputs: 6,
      seed: 1,
    });
    const text = await models.generate(model, [1], { length: 12, seed: 1 });
    expect(text.every(token => Number.isInteger(token) && token >= 0 && token < 6)).toBe(true);
    model.dispose();
  });

  test('it tells each token, ends at one that stops it, and at a signal', async () => {
    const model = decoder();
    const told: number[] = [];
    const all = await models.generate(model, [1], { length: 30, seed: 2, onToken: token => void told.push(token) });
    expect(told).toEqual(all);
    const last = all[5]!;
    const ended = await models.generate(model, [1], { length: 30, seed: 2, stopAt: last });
    expect(ended).toEqual(all.slice(0, all.indexOf(last) + 1));
    const stop = new AbortController();
    const some = await models.generate(model, [1], {
      length: 30,
      seed: 2,
      signal: stop.signal,
      onToken: () => told.length++ === all.length + 3 && stop.abort(),
    });
    expect(some).toEqual(all.slice(0, 4));
    model.dispose();
  });

  test.each<[() => tf.LayersModel, unknown, object, string]>([
    [
      () => models.mlp({ inputs: 2, hidden: [], seed: 1 }),
      [1],
      {},
      "models.generate(model): expected a model from tokens to probabilities of all tokens at each position, received 'mlp', with the output [any, 1].",
    ],
    [decoder, [], {}, 'models.generate(model, prompt): expected a list of at least one token, received [].'],
    [
      decoder,
      'Call me',
      {},
      "models.generate(model, prompt): expected a list of at least one token, received 'Call me'.",
    ],
    [decoder, [12], {}, 'models.generate(model, prompt)[0]: expected a whole number from 0 to 11, received 12.'],
    [decoder, [1], { temperature: -1 }, 'models.generate({ temperature }): expected a number from 0, received -1.'],
    [
      decoder,
      [1],
      { topk: 3 },
      "models.generate(options): expected options among length, temperature, topK, stopAt, seed, onToken, signal, received 'topk'.",
    ],
  ])('case %# is refused', async (build, prompt, options, message) => {
    const model = build();
    await expect(models.generate(model, prompt as number[], options)).rejects.toThrow(message);
    model.dispose();
  });
});

describe('draw', () => {
  const probabilities = Float32Array.of(0.1, 0.5, 0.15, 0.25);
  const shares = (temperature: number, topK: number) => {
    const generator = random(1);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 20_000; i++) counts[draw(probabilities, temperature, topK, generator)]!++;
    return counts.map(count => count / 20_000);
  };
  const expectShares = (found: number[], wanted: number[]) => {
    for (const [i, share] of found.entries()) expect(Math.abs(share - wanted[i]!)).toBeLessThan(0.015);
  };
  const powers = (exponent: number) => {
    const values = [...probabilities].map(p => p ** exponent);
    return values.map(value => value / values.reduce((a, b) => a + b));
  };

  test('temperature 1 keeps the probabilities, others take their powers', () => {
    expectShares(shares(1, 4), [...probabilities]);
    expectShares(shares(0.5, 4), powers(2));
    expectShares(shares(2, 4), powers(0.5));
    expectShares(shares(1e-9, 4), [0, 1, 0, 0]);
  });

  test('topK leaves the others out', () => {
    expectShares(shares(1, 2), [0, 2 / 3, 0, 1 / 3]);
    expect(shares(1, 1)).toEqual([0, 1, 0, 0]);
  });
});
