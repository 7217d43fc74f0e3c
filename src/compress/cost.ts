import * as tf from '@tensorflow/tfjs';
import { assertInteger, assertKeys, assertNumber } from '../core/index.ts';
import { operationsOf } from './operations.ts';

export interface CostOptions {
  /** Examples at once. Default 1. */
  batch?: number;
  /** How often it is timed. Default 20. */
  runs?: number;
  /** What the processor draws, for the energy. Default 15 W, a laptop's. */
  watts?: number;
}

export interface LayerCost {
  name: string;
  kind: string;
  parameters: number;
  /** Multiplications and additions for one example; undefined for a layer that nobody counted. */
  operations: number | undefined;
  /** Numbers that come out, for one example. */
  activations: number;
}

export interface ModelCost {
  parameters: number;
  /** Of the parameters, as float32. */
  bytes: number;
  /** Multiplications and additions of one forward pass of one example: of the layers that can be counted. */
  operations: number;
  /** Kinds of layers whose operations nobody counted. */
  uncounted: string[];
  /** What all layers put out for the batch, as float32: what training has to remember. */
  activationBytes: number;
  /** The median time of a forward pass of the batch. */
  milliseconds: number;
  /** Estimated, for the batch: the time times the watts. */
  joules: number;
  layers: LayerCost[];
}

/**
 * What a model costs: parameters, operations, memory and time of a forward pass. A step of training costs about three times
 * as much: forward, and twice backward.
 *
 * @example
 * (await compress.cost(models.mlp({ inputs: 4, hidden: [16], outputs: 3, task: 'classification', seed: 1 }))).operations   // 243
 */
export async function cost(model: tf.LayersModel, options: CostOptions = {}): Promise<ModelCost> {
  assertKeys('cost(model, options)', options, ['batch', 'runs', 'watts']);
  const { batch = 1, runs = 20, watts = 15 } = options;
  assertInteger('cost({ batch })', batch, { min: 1 });
  assertInteger('cost({ runs })', runs, { min: 1 });
  assertNumber('cost({ watts })', watts, { min: 0 });
  const layers = model.layers.map((layer): LayerCost => {
    const shape = [layer.outputShape].flat(1) as (number | null)[];
    return {
      name: layer.name,
      kind: layer.getClassName(),
      parameters: layer.countParams(),
      operations: operationsOf(layer),
      activations: shape.slice(1).reduce<number>((product, size) => product * (size ?? 1), 1),
    };
  });
  const sum = (of: (layer: LayerCost) => number) => layers.reduce((total, layer) => total + of(layer), 0);
  const milliseconds = await medianTime(model, batch, runs);
  return {
    parameters: sum(layer => layer.parameters),
    bytes: 4 * sum(layer => layer.parameters),
    operations: sum(layer => layer.operations ?? 0),
    uncounted: [...new Set(layers.filter(layer => layer.operations === undefined).map(layer => layer.kind))],
    activationBytes: 4 * batch * sum(layer => layer.activations),
    milliseconds,
    joules: (milliseconds / 1000) * watts,
    layers,
  };
}

async function medianTime(model: tf.LayersModel, batch: number, runs: number): Promise<number> {
  const shape = (model.inputs[0]!.shape as (number | null)[]).map((size, i) => (i === 0 ? batch : (size ?? 1)));
  const isTokens =
    model.inputs[0]!.dtype === 'int32' || model.layers.some(layer => layer.getClassName() === 'Embedding');
  const x = tf.tidy(() => (isTokens ? tf.ones(shape) : tf.fill(shape, 0.5)));
  const times: number[] = [];
  try {
    for (let run = -1; run < runs; run++) {
      const startedAt = performance.now();
      const said = model.predict(x) as tf.Tensor;
      await said.data();
      if (run >= 0) times.push(performance.now() - startedAt); // the first one warms up
      tf.dispose(said);
    }
  } finally {
    x.dispose();
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}
