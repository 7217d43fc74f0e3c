import * as tf from '@tensorflow/tfjs';

const ROUNDS = 5;

/**
 * Milliseconds that a backend takes for the gradients of a small network, 64 rows through 64 → 128 → 10: the best of
 * some rounds after a warm-up. The current backend stays what it was.
 */
export function benchmark(backend: string): number {
  const before = tf.getBackend();
  tf.setBackend(backend);
  try {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round <= ROUNDS; round++) {
      const start = performance.now();
      tf.tidy(step);
      if (round > 0) best = Math.min(best, performance.now() - start);
    }
    return best;
  } finally {
    if (before) tf.setBackend(before);
  }
}

function step(): void {
  const x = tf.fill([64, 64], 0.1); // (B, 64)
  const w1 = tf.fill([64, 128], 0.01) as tf.Tensor2D;
  const w2 = tf.fill([128, 10], 0.01) as tf.Tensor2D;
  const loss = (a: tf.Tensor, b: tf.Tensor) => x.matMul(a).tanh().matMul(b).square().mean() as tf.Scalar;
  for (const gradient of tf.grads(loss)([w1, w2])) gradient.dataSync();
}
