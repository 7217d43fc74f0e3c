import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertOneOf, describe, mismatch } from '../core/index.ts';
import type { Initialisers } from './initialisers.ts';

export const TASKS = ['regression', 'classification', 'binary'] as const;
/** What is predicted: numbers, one of several classes, or the probability of one class. */
export type Task = (typeof TASKS)[number];

const ACTIVATION = { regression: 'linear', classification: 'softmax', binary: 'sigmoid' } as const;

/** What every model that predicts takes. */
export interface HeadConfig {
  /** How many numbers, or classes, are predicted. Default 1; classification needs at least 2, binary has 1. */
  outputs?: number;
  /** Default 'regression'. */
  task?: Task;
}

/** The name of an option, for messages: `models.mlp({ hidden })`. */
export type Where = (key: string) => string;

/** Checks the part of a config that says what is predicted. */
export function assertHead(where: Where, config: HeadConfig): void {
  const { task = 'regression', outputs = 1 } = config;
  assertOneOf(where('task'), task, TASKS);
  assertInteger(where('outputs'), outputs, { min: 1 });
  if (task === 'classification' && outputs < 2)
    throw mismatch({
      where: where('outputs'),
      expected: 'at least 2 classes for classification',
      received: config.outputs === undefined ? 'none' : describe(outputs),
      hint: "Give the number of classes; for yes or no, one output with task: 'binary' does it too.",
    });
  if (task === 'binary' && outputs !== 1)
    throw mismatch({
      where: where('outputs'),
      expected: "1 output for task 'binary'",
      received: describe(outputs),
      hint: "For several classes, use task: 'classification'.",
    });
}

/** The last layer: a dense one whose activation goes with the task. */
export function outputLayer(
  { task = 'regression', outputs = 1 }: HeadConfig,
  initialisers: Initialisers,
  inputShape?: number[],
): tf.layers.Layer {
  return tf.layers.dense({
    name: 'output',
    units: outputs,
    activation: ACTIVATION[task],
    kernelInitializer: initialisers.kernel('linear'),
    ...(inputShape && { inputShape }),
  });
}
