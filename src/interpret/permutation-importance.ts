import {
  assertInteger,
  assertKeys,
  assertSeed,
  type Features,
  mismatch,
  random,
  readFeatures,
  toRows,
} from '../core/index.ts';

export interface PermutationOptions<Answer> {
  /** Higher is better: `metrics.accuracy`, `metrics.r2`. */
  score: (truth: ArrayLike<Answer>, predicted: ArrayLike<Answer>) => number;
  /** How often each column is shuffled. Default 10. */
  repeats?: number;
  /** Default 0. */
  seed?: number;
}

export interface Importance {
  feature: string;
  /** How much the score falls, on average, when this column says nothing. */
  mean: number;
  standardDeviation: number;
  /** The fall at each repeat. */
  drops: number[];
}

/**
 * How much a model leans on each column: how far its score falls when the column is shuffled (Breiman, 2001). Use rows that
 * the model was not fitted to. Columns that say the same share their importance, so that each seems to have little.
 *
 * x: (rows, features). `predict` gives a prediction for each row. The most important comes first.
 *
 * @example
 * const x = [[0, 5], [1, 3], [2, 8], [3, 1]];
 * interpret.permutationImportance(rows => rows.map(([first]) => first), x, [0, 1, 2, 3], { score: metrics.r2 })[0].feature   // 'x0'
 */
export function permutationImportance<Answer>(
  predict: (rows: number[][]) => ArrayLike<Answer>,
  x: Features,
  truth: ArrayLike<Answer>,
  options: PermutationOptions<Answer>,
): Importance[] {
  const where = 'permutationImportance(predict, x, truth, options)';
  assertKeys(where, options, ['score', 'repeats', 'seed']);
  const { score, repeats = 10, seed = 0 } = options;
  assertInteger('permutationImportance({ repeats })', repeats, { min: 1 });
  assertSeed('permutationImportance({ seed })', seed);
  const matrix = readFeatures(where, x);
  if (truth.length !== matrix.rows)
    throw mismatch({ where, expected: `${matrix.rows} true values, one for each row`, received: `${truth.length}` });
  const names = matrix.features ?? Array.from({ length: matrix.columns }, (_, column) => `x${column}`);
  const rows = toRows(matrix);
  const whole = score(truth, predict(rows.map(row => [...row])));

  const found = names.map((feature, column): Importance => {
    const chance = random(seed).derive(`column ${column}`);
    const drops = Array.from({ length: repeats }, () => {
      const order = chance.permutation(rows.length);
      const shuffled = rows.map((row, i) => row.with(column, rows[order[i]!]![column]!));
      return whole - score(truth, predict(shuffled));
    });
    const mean = drops.reduce((sum, drop) => sum + drop, 0) / repeats;
    const variance = drops.reduce((sum, drop) => sum + (drop - mean) ** 2, 0) / repeats;
    return { feature, mean, standardDeviation: Math.sqrt(variance), drops };
  });
  return found.sort((a, b) => b.mean - a.mean);
}
