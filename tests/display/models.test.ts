import { inspect } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../../src/display/bundle.ts';
import { printsKnownClasses } from '../../src/display/printed-classes.ts';

const textOf = (value: unknown) => (bundleOf(value) as Record<string, unknown>)['text/plain'];

beforeAll(() => printsKnownClasses(tf));

describe('layers', () => {
  it('are shown with their shapes, parameters and settings', () => {
    const hidden = tf.layers.dense({ units: 16, inputShape: [4], activation: 'relu', name: 'hidden' });
    expect(textOf(hidden)).toBe(`Dense "hidden": not built yet
{ units: 16, activation: 'relu', useBias: true }`);
    const model = tf.sequential({ layers: [hidden, tf.layers.dropout({ rate: 0.2, name: 'drop' })] });
    expect(String(textOf(hidden)).split('\n')[0]).toBe('Dense "hidden": [null, 4] → [null, 16], 80 parameters');
    hidden.trainable = false;
    expect(String(textOf(hidden)).split('\n')[0]).toBe('Dense "hidden": [null, 4] → [null, 16], 80 parameters, frozen');
    expect(textOf(model.layers[1])).toBe('Dropout "drop": [null, 16] → [null, 16], 0 parameters\n{ rate: 0.2 }');
    model.dispose();
  });

  it('of an image and of several inputs', () => {
    const image = tf.input({ shape: [8, 8, 3] });
    const convolution = tf.layers.conv2d({ filters: 4, kernelSize: 3, name: 'convolution' });
    const left = convolution.apply(image) as tf.SymbolicTensor;
    expect(textOf(convolution)).toBe(`Conv2D "convolution": [null, 8, 8, 3] → [null, 6, 6, 4], 112 parameters
{
  filters: 4,
  kernelSize: [ 3, 3 ],
  strides: [ 1, 1 ],
  padding: 'valid',
  dataFormat: 'channelsLast',
  dilationRate: [ 1, 1 ],
  activation: 'linear',
  useBias: true
}`);
    const add = tf.layers.add({ name: 'sum' });
    add.apply([left, left]);
    expect(String(textOf(add)).split('\n')[0]).toBe(
      'Add "sum": [null, 6, 6, 4], [null, 6, 6, 4] → [null, 6, 6, 4], 0 parameters',
    );
    convolution.apply(tf.input({ shape: [9, 9, 3] })); // now it has two shapes
    expect(String(textOf(convolution)).split('\n')[0]).toBe('Conv2D "convolution": 112 parameters');
  });

  it('print in short within other values, and so do models', () => {
    const layer = tf.layers.flatten({ name: 'flat' });
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    expect(inspect({ layer, model })).toBe('{ layer: Flatten "flat": not built yet, model: Sequential of 1 layer }');
    expect(inspect(model)).toContain('Total params: 3');
    model.dispose();
  });
});
