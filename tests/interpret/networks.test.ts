import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import '../../src/engine/index.ts';
import * as interpret from '../../src/interpret/index.ts';
import { cnn, mlp } from '../../src/models/index.ts';

const numbers = (tensor: tf.Tensor) => {
  const values = [...tensor.dataSync()];
  tensor.dispose();
  return values;
};

/** tanh, so that finite differences meet no kink. */
const smooth = () => mlp({ inputs: 4, hidden: [6], outputs: 3, task: 'classification', activation: 'tanh', seed: 2 });

/** The logit of one output, with softmax undone up to a constant: log p_c − log p_other. */
function logitGap(model: tf.LayersModel, input: number[], output: number, other: number): number {
  return tf.tidy(() => {
    const said = (model.predict(tf.tensor2d([input])) as tf.Tensor).dataSync();
    return Math.log(said[output]!) - Math.log(said[other]!);
  });
}

describe('saliency', () => {
  it('is the gradient of the logit, by finite differences', () => {
    const model = smooth();
    const input = [0.5, -1, 0.3, 2];
    const [first, other] = [0, 2].map(output => numbers(interpret.saliency(model, tf.tensor1d(input), { output })));
    input.forEach((_, i) => {
      const step = 1e-2;
      const up = logitGap(model, input.with(i, input[i]! + step), 0, 2);
      const down = logitGap(model, input.with(i, input[i]! - step), 0, 2);
      expect(first![i]! - other![i]!).toBeCloseTo((up - down) / (2 * step), 3);
    });
    model.dispose();
  });

  it('explains what the model says most, when nothing is named', () => {
    const model = smooth();
    const input = tf.tensor1d([0.5, -1, 0.3, 2]);
    const most = (model.predict(input.expandDims(0)) as tf.Tensor).argMax(1).dataSync()[0]!;
    expect(numbers(interpret.saliency(model, input))).toEqual(
      numbers(interpret.saliency(model, input, { output: most })),
    );
  });

  it('does not vanish where the model is sure', () => {
    const model = mlp({ inputs: 1, hidden: [], outputs: 1, task: 'binary', seed: 1 });
    model.setWeights([tf.tensor2d([[5]]), tf.tensor1d([0])]);
    expect(numbers(interpret.saliency(model, tf.tensor1d([20])))).toEqual([5]);
  });
});

describe('integratedGradients', () => {
  it('add up to the change of the logit', () => {
    const model = smooth();
    const input = [0.5, -1, 0.3, 2];
    const sum = (output: number) =>
      numbers(interpret.integratedGradients(model, tf.tensor1d(input), { output, steps: 200 })).reduce((a, b) => a + b);
    const change = logitGap(model, input, 0, 2) - logitGap(model, [0, 0, 0, 0], 0, 2);
    expect(sum(0) - sum(2)).toBeCloseTo(change, 3);
  });

  it('from the example itself are nothing', () => {
    const input = tf.tensor1d([1, 2, 3, 4]);
    const found = numbers(interpret.integratedGradients(smooth(), input, { baseline: input }));
    expect(found.map(Math.abs)).toEqual([0, 0, 0, 0]);
  });
});

/** A network that answers to a bright spot: one filter that copies, pooled. */
function spotFinder(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 2, kernelSize: 1, name: 'copy' }),
      tf.layers.globalMaxPooling2d({}),
      tf.layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
  model.setWeights([
    tf.tensor4d([1, -1], [1, 1, 1, 2]),
    tf.zeros([2]),
    tf.tensor2d([
      [3, 0],
      [0, 3],
    ]),
    tf.zeros([2]),
  ]);
  return model;
}

const spot = () => tf.buffer([8, 8, 1]);

describe('pictures', () => {
  const image = () => {
    const pixels = spot();
    pixels.set(1, 2, 5, 0);
    return pixels.toTensor() as tf.Tensor3D;
  };
  const brightest = (map: number[]) => map.indexOf(Math.max(...map));

  it('gradCam finds the spot', () => {
    const map = interpret.gradCam(spotFinder(), image(), { output: 0 });
    expect(map.shape).toEqual([8, 8]);
    const values = numbers(map);
    expect(brightest(values)).toBe(2 * 8 + 5);
    expect(Math.max(...values)).toBe(1);
  });

  it('occlusion finds the spot, and covers the edges', () => {
    const map = interpret.occlusion(spotFinder(), image(), { output: 0, size: 3, stride: 2 });
    const values = numbers(map);
    expect(Math.max(...values)).toBeGreaterThan(0);
    const hit = values.flatMap((value, place) => (value > 0 ? [place] : []));
    for (const place of hit) {
      expect(Math.abs(Math.floor(place / 8) - 2)).toBeLessThan(3);
      expect(Math.abs((place % 8) - 5)).toBeLessThan(3);
    }
    expect(values[2 * 8 + 5]).toBe(Math.max(...values));
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('take the CNN of models', () => {
    const model = cnn({ inputs: [8, 8, 1], channels: [4], outputs: 2, task: 'classification', seed: 1 });
    for (const map of [interpret.gradCam(model, image()), interpret.occlusion(model, image())])
      expect(map.shape).toEqual([8, 8]);
  });
});

it('leave no tensor behind', () => {
  const [flat, picture] = [smooth(), spotFinder()];
  const [input, image] = [tf.tensor1d([1, 2, 3, 4]), tf.ones([8, 8, 1])];
  const before = tf.memory().numTensors;
  interpret.saliency(flat, input).dispose();
  interpret.integratedGradients(flat, input, { steps: 8 }).dispose();
  interpret.gradCam(picture, image).dispose();
  interpret.occlusion(picture, image).dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it.each([
  [
    () => interpret.saliency(smooth(), tf.ones([3])),
    'expected one example of shape [4], received a tensor of shape [3].',
  ],
  [() => interpret.saliency(smooth(), tf.ones([4]), { output: 3 }), 'expected a whole number from 0 to 2'],
  [
    () => interpret.gradCam(smooth(), tf.ones([4])),
    'expected a model with convolutions, received layers without images.',
  ],
  [
    () => interpret.gradCam(spotFinder(), tf.ones([8, 8, 1]), { layer: 'cop' }),
    "expected one of the layers copy, received 'cop'.",
  ],
  [() => interpret.occlusion(spotFinder(), tf.ones([8, 8, 1]), { size: 9 }), 'expected a whole number from 1 to 8'],
])('refuses: %#', (call, message) => expect(call).toThrow(message));
