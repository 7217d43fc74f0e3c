import * as tf from '@tensorflow/tfjs';
import { assertNumber, LearnableError } from '../core/index.ts';
import { type FitOptions, fit, type History } from '../train/index.ts';

export interface DistilOptions extends Omit<FitOptions, 'loss' | 'metrics'> {
  /** Above 1 the teacher's second and third guesses count more. Default 3. */
  temperature?: number;
}

/**
 * Trains a small model to say what a large one says, its doubts included (Hinton, Vinyals and Dean, 2015). It needs no
 * labels: any examples do. Both end in a softmax over the same classes.
 *
 * x: as both models' input, (rows, …). Other options are those of `train.fit`.
 *
 * @example
 * const [teacher, student] = [32, 4].map(units => models.mlp({ inputs: 2, hidden: [units], outputs: 3, task: 'classification', seed: 1 }));
 * await compress.distil(teacher, student, tf.randomNormal([64, 2]), { epochs: 2, seed: 1 });
 */
export async function distil(
  teacher: tf.LayersModel,
  student: tf.LayersModel,
  x: tf.Tensor,
  options: DistilOptions = {},
): Promise<History> {
  const { temperature = 3, ...rest } = options;
  assertNumber('distil({ temperature })', temperature, { min: 0, aboveMin: true });
  assertSoftmax('teacher', teacher);
  assertSoftmax('student', student);
  const soft = tf.tidy(() => softened(teacher.predict(x) as tf.Tensor2D, temperature)); // (rows, classes)
  try {
    return await fit(
      student,
      { x, y: soft },
      {
        ...rest,
        metrics: [],
        // Times temperature²: so that its gradients keep their size.
        loss: (target, output) =>
          softened(output as tf.Tensor2D, temperature)
            .log()
            .mul(target)
            .sum(1)
            .mul(-(temperature ** 2)),
      },
    );
  } finally {
    soft.dispose();
  }
}

/** softmax(logits / T), from softmax(logits): its T-th root, made to add up to 1. (batch, classes) */
function softened(probabilities: tf.Tensor2D, temperature: number): tf.Tensor2D {
  return tf.softmax(probabilities.maximum(1e-9).log().div(temperature)) as tf.Tensor2D;
}

function assertSoftmax(name: string, model: tf.LayersModel): void {
  const { activation } = (model.layers.at(-1)?.getConfig() ?? {}) as { activation?: unknown };
  if (activation === 'softmax') return;
  throw new LearnableError(
    `distil(teacher, student): expected a ${name} that ends in a softmax, received one that ends in ${String(activation)}.`,
    {
      hint: "Distilling takes the probabilities of classes: build it with task: 'classification'.",
    },
  );
}
