import { assertInteger, assertKeys, assertSeed, LearnableError, random } from '../core/index.ts';
import type { Game } from './game.ts';

export interface Attribution {
  players: readonly string[];
  /** How much of the answer each player is answerable for; together with `base` they add up to `total`. */
  values: number[];
  /** What the model says when nothing is there. */
  base: number;
  /** What it says when all is there. */
  total: number;
}

/** 2¹⁶ questions are a few seconds; each player more doubles them. */
const MOST_PLAYERS = 16;
/** Questions at once: a background multiplies them. */
const AT_ONCE = 1024;

/**
 * Shapley values, exactly (Shapley, 1953; Lundberg and Lee, NeurIPS 2017): what each player adds, averaged over all orders in
 * which they could come. It asks 2ⁿ questions, for at most 16 players.
 *
 * @example
 * const game = interpret.rowGame(rows => rows.map(([a, b]) => a * b), [2, 3], [[0, 0]]);
 * interpret.shapley(game)   // { values: [3, 3], base: 0, total: 6, … }
 */
export function shapley(game: Game): Attribution {
  const n = game.players.length;
  if (n > MOST_PLAYERS)
    throw new LearnableError(`shapley(game): expected at most ${MOST_PLAYERS} players, received ${n}.`, {
      hint: 'Use sampledShapley(game, { samples }): it comes near with fewer questions.',
    });
  const answers = ask(
    game,
    Array.from({ length: 2 ** n }, (_, set) => maskOf(set, n)),
  );
  // A player who comes to s others: s! (n − s − 1)! of the n! orders are like that.
  const weights = Array.from({ length: n }, (_, size) => 1 / (n * binomial(n - 1, size)));
  const values = game.players.map((_, player) => {
    let value = 0;
    for (let set = 0; set < answers.length; set++) {
      if (set & (1 << player)) continue;
      value += weights[bitCount(set)]! * (answers[set | (1 << player)]! - answers[set]!);
    }
    return value;
  });
  return { players: game.players, values, base: answers[0]!, total: answers.at(-1)! };
}

export interface SampledAttribution extends Attribution {
  /** How far each value may be off: its standard error. */
  standardErrors: number[];
}

/**
 * Shapley values, nearly (Castro, Gómez and Tejada, 2009): the same average over some orders, each walked forwards and
 * backwards. The values still add up exactly.
 *
 * @example
 * const game = interpret.rowGame(rows => rows.map(([a, b]) => a * b), [2, 3], [[0, 0]]);
 * interpret.sampledShapley(game, { samples: 20, seed: 1 }).values
 */
export function sampledShapley(
  game: Game,
  options: { /** Orders, each walked twice. Default 100. */ samples?: number /** Default 0. */; seed?: number } = {},
): SampledAttribution {
  assertKeys('sampledShapley(game, options)', options, ['samples', 'seed']);
  const { samples = 100, seed = 0 } = options;
  assertInteger('sampledShapley({ samples })', samples, { min: 2 });
  assertSeed('sampledShapley({ seed })', seed);
  const n = game.players.length;
  const chance = random(seed).derive('orders');
  const orders = Array.from({ length: samples }, () => chance.permutation(n));
  const walks = orders.flatMap(order => [order, order.toReversed()]);
  const answers = ask(
    game,
    walks.flatMap(walk => masksAlong(walk)),
  );
  const sums = new Array<number>(n).fill(0);
  const squares = new Array<number>(n).fill(0);
  const gainsOf = (walk: number) => {
    const gains = new Array<number>(n);
    walks[walk]!.forEach((player, i) => {
      gains[player] = answers[walk * (n + 1) + i + 1]! - answers[walk * (n + 1) + i]!;
    });
    return gains;
  };
  for (let sample = 0; sample < samples; sample++) {
    const [forwards, backwards] = [gainsOf(2 * sample), gainsOf(2 * sample + 1)];
    for (let player = 0; player < n; player++) {
      const gain = (forwards[player]! + backwards[player]!) / 2;
      sums[player]! += gain;
      squares[player]! += gain ** 2;
    }
  }
  const values = sums.map(sum => sum / samples);
  const standardErrors = squares.map((square, i) =>
    Math.sqrt(Math.max(0, square / samples - values[i]! ** 2) / (samples - 1)),
  );
  return { players: game.players, values, base: answers[0]!, total: answers[n]!, standardErrors };
}

/** Nobody there, then one more at each step. */
function masksAlong(order: readonly number[]): boolean[][] {
  const mask = order.map(() => false);
  const masks = [[...mask]];
  for (const player of order) {
    mask[player] = true;
    masks.push([...mask]);
  }
  return masks;
}

function ask(game: Game, masks: readonly (readonly boolean[])[]): number[] {
  const answers: number[] = [];
  for (let i = 0; i < masks.length; i += AT_ONCE) answers.push(...game.values(masks.slice(i, i + AT_ONCE)));
  return answers;
}

function maskOf(set: number, n: number): boolean[] {
  return Array.from({ length: n }, (_, player) => (set & (1 << player)) !== 0);
}

function bitCount(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count++;
  return count;
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return value;
}
