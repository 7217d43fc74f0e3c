import { type Dense, dense, dotProducts, type Random } from '../../core/index.ts';

/** Each centre a row drawn at random, none twice. */
export function randomStart(x: Dense, clusters: number, random: Random): Dense {
  const rows = random.permutation(x.rows).slice(0, clusters);
  return pick(x, rows);
}

/**
 * k-means++ (Arthur and Vassilvitskii, 2007): the first centre is drawn among all rows, each further one with a
 * probability in proportion to its squared distance from the nearest centre so far. Of a few that are drawn so, the one
 * that leaves the smallest distances is taken, as the authors advise.
 */
export function plusPlusStart(x: Dense, clusters: number, random: Random): Dense {
  const norms = squaredNorms(x);
  const trials = 2 + Math.floor(Math.log(clusters));
  const chosen = [random.integer(0, x.rows)];
  const nearest = squaresFrom(x, norms, chosen).values;
  while (chosen.length < clusters) {
    const candidates = drawByWeight(nearest, trials, random);
    const { values } = squaresFrom(x, norms, candidates);
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let place = 0; place < trials; place++) {
      let total = 0;
      for (let i = 0; i < x.rows; i++) total += Math.min(nearest[i]!, values[place * x.rows + i]!);
      if (total < least) {
        least = total;
        best = place;
      }
    }
    chosen.push(candidates[best]!);
    for (let i = 0; i < x.rows; i++) nearest[i] = Math.min(nearest[i]!, values[best * x.rows + i]!);
  }
  return pick(x, chosen);
}

/** Rows drawn with these weights; any rows if all weights are 0, as when there are fewer places than clusters. */
function drawByWeight(weights: Float64Array, count: number, random: Random): number[] {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i]!;
    sums[i] = total;
  }
  return Array.from({ length: count }, () => {
    if (!(total > 0)) return random.integer(0, weights.length);
    const at = random.uniform(0, total);
    let [low, high] = [0, weights.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return low;
  });
}

/** (candidates, rows): |x|² − 2·x·c + |c|², which rounding may bring below 0. */
function squaresFrom(x: Dense, norms: Float64Array, candidates: readonly number[]): Dense {
  const squares = dotProducts(pick(x, candidates), x);
  for (const [place, row] of candidates.entries())
    for (let i = 0; i < x.rows; i++) {
      const at = place * x.rows + i;
      squares.values[at] = Math.max(0, norms[i]! - 2 * squares.values[at]! + norms[row]!);
    }
  return squares;
}

function squaredNorms({ values, rows, columns }: Dense): Float64Array {
  const norms = new Float64Array(rows);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) norms[i]! += values[i * columns + j]! ** 2;
  return norms;
}

function pick(x: Dense, rows: readonly number[]): Dense {
  const out = dense(rows.length, x.columns);
  rows.forEach((row, place) => {
    out.values.set(x.values.subarray(row * x.columns, (row + 1) * x.columns), place * x.columns);
  });
  return out;
}
