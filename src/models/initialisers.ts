import * as tf from '@tensorflow/tfjs';
import { type Random, random } from '../core/index.ts';
import { orthogonalRows } from './orthogonal.ts';

export const ACTIVATIONS = ['relu', 'tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'linear'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

type Initialiser = ReturnType<typeof tf.initializers.zeros>;

/** First weights for the layers of one model: each call takes the next seed, so no two layers start alike. */
export interface Initialisers {
  /** Of a dense or convolutional layer: He's for relu and its kin, Glorot's for others. */
  kernel(activation: string): Initialiser;
  /** Of the weights from a recurrent layer's state to itself. */
  recurrent(): Initialiser;
  /** Normal with mean 0. */
  normal(standardDeviation: number): Initialiser;
  /** For a layer that draws random numbers itself. */
  seed(): number;
}

export function initialisersFor(seed: number): Initialisers {
  const seeds: Random = random(seed).derive('weights');
  return {
    kernel: activation =>
      activation === 'relu' || activation === 'elu' || activation === 'selu'
        ? tf.initializers.heUniform({ seed: seeds.seed() })
        : tf.initializers.glorotUniform({ seed: seeds.seed() }),
    recurrent() {
      const state = seeds.seed();
      const initialiser = tf.initializers.orthogonal({ seed: state });
      // tfjs's own takes half a second for 128 units, and warns that it will.
      initialiser.apply = shape => {
        const size = shape as [rows: number, columns: number];
        return tf.tensor(orthogonalRows(size, random(state)), size);
      };
      return initialiser;
    },
    normal: standardDeviation =>
      tf.initializers.randomNormal({ mean: 0, stddev: standardDeviation, seed: seeds.seed() }),
    seed: () => seeds.seed(),
  };
}
