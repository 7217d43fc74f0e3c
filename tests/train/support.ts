import * as tf from '@tensorflow/tfjs';
import { random } from '../../src/core/index.ts';

/** Two half circles, one in the arm of the other. */
export function moons(rows: number, seed: number) {
  const generator = random(seed);
  const labels = Array.from({ length: rows }, (_, i) => i % 2);
  const points = labels.map(label => {
    const angle = generator.uniform(0, Math.PI);
    const [a, b] = label ? [1 - Math.cos(angle), 0.5 - Math.sin(angle)] : [Math.cos(angle), Math.sin(angle)];
    return [a + generator.normal(0, 0.15), b + generator.normal(0, 0.15)];
  });
  return { x: tf.tensor2d(points), y: tf.tensor1d(labels, 'int32') };
}

export function dispose(...data: { x: tf.Tensor; y: tf.Tensor }[]): void {
  for (const { x, y } of data) tf.dispose([x, y]);
}

export function weightsOf(model: tf.LayersModel): number[][] {
  return model.getWeights().map(weight => [...weight.dataSync()]);
}
