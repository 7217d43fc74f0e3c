import { assertInteger, assertKeys, assertNumber, assertSeed, dense, leastSquares, random } from '../core/index.ts';
import type { Game } from './game.ts';

export interface LimeOptions {
  /** How many masks are tried. Default 500. */
  samples?: number;
  /** How fast a mask counts less, the more is missing: smaller is more local. Default 0.25, a share of players. */
  kernelWidth?: number;
  /** How much weights are held small (ridge). Default 0.01. */
  l2?: number;
  /** Default 0. */
  seed?: number;
}

export interface LocalModel {
  players: readonly string[];
  /** How much each player adds to the answer, near this example. */
  weights: number[];
  intercept: number;
  /** How well the line tells what the model says here, 1 for perfectly: below, do not trust it. */
  r2: number;
}

/**
 * LIME (Ribeiro, Singh and Guestrin, KDD 2016): leaves some of the input out, many times, and fits to the model's answers a
 * linear model that anybody can read; masks near the whole input count more.
 *
 * @example
 * const game = interpret.rowGame(rows => rows.map(([a, b]) => 2 * a + b), [3, 5], [[0, 0]]);
 * interpret.lime(game, { samples: 200, l2: 0 }).weights   // [6, 5]
 */
export function lime(game: Game, options: LimeOptions = {}): LocalModel {
  assertKeys('lime(game, options)', options, ['samples', 'kernelWidth', 'l2', 'seed']);
  const { samples = 500, kernelWidth = 0.25, l2 = 0.01, seed = 0 } = options;
  assertInteger('lime({ samples })', samples, { min: 10 });
  assertNumber('lime({ kernelWidth })', kernelWidth, { min: 0, aboveMin: true });
  assertNumber('lime({ l2 })', l2, { min: 0 });
  assertSeed('lime({ seed })', seed);
  const n = game.players.length;
  const chance = random(seed).derive('masks');
  // The whole, then masks in which any number of players is missing.
  const masks = [game.players.map(() => true), ...Array.from({ length: samples - 1 }, () => drawMask(n))];
  const answers = game.values(masks);
  const nearness = masks.map(mask => {
    const missing = mask.filter(there => !there).length / n;
    return Math.exp(-(missing ** 2) / (2 * kernelWidth ** 2));
  });
  const { weights, intercept } = fitLine(masks, answers, nearness, l2);
  return { players: game.players, weights, intercept, r2: explained() };

  function drawMask(count: number): boolean[] {
    const missing = new Set(chance.permutation(count).slice(0, chance.integer(1, count + 1)));
    return Array.from({ length: count }, (_, player) => !missing.has(player));
  }

  function explained(): number {
    const total = nearness.reduce((sum, near) => sum + near, 0);
    const mean = answers.reduce((sum, answer, i) => sum + nearness[i]! * answer, 0) / total;
    let [left, whole] = [0, 0];
    for (const [i, mask] of masks.entries()) {
      const said = mask.reduce((sum, there, player) => sum + (there ? weights[player]! : 0), intercept);
      left += nearness[i]! * (answers[i]! - said) ** 2;
      whole += nearness[i]! * (answers[i]! - mean) ** 2;
    }
    return whole === 0 ? 1 : 1 - left / whole;
  }
}

/** Weighted ridge regression as least squares: each row times the root of its weight, and a row for each penalty. */
function fitLine(
  masks: readonly (readonly boolean[])[],
  answers: readonly number[],
  nearness: readonly number[],
  l2: number,
): { weights: number[]; intercept: number } {
  const n = masks[0]!.length;
  const total = nearness.reduce((sum, near) => sum + near, 0);
  const penalties = l2 > 0 ? n : 0;
  const a = dense(masks.length + penalties, n + 1);
  const b = new Float64Array(masks.length + penalties);
  for (const [i, mask] of masks.entries()) {
    const root = Math.sqrt(nearness[i]!);
    mask.forEach((there, player) => {
      a.values[i * (n + 1) + player] = there ? root : 0;
    });
    a.values[i * (n + 1) + n] = root;
    b[i] = root * answers[i]!;
  }
  for (let player = 0; player < penalties; player++)
    a.values[(masks.length + player) * (n + 1) + player] = Math.sqrt(l2 * total);
  const { solution } = leastSquares(a, b);
  return { weights: Array.from(solution.subarray(0, n)), intercept: solution[n]! };
}
