import {
  createFitted,
  type Dense,
  dense,
  dotProducts,
  type Label,
  mismatch,
  type SavedFields,
  toRows,
  weightedSums,
} from '../../core/index.ts';
import type { ClassExamples } from '../targets.ts';
import { caption, methods, type NaiveBayes, type Shared, shared, sharedOf } from './shared.ts';

interface CountNumbers extends Shared {
  /**
   * (classes, features): the logarithm of each feature's probability in the class. Multinomial: that one of its words is
   * this one. Bernoulli: that it is there.
   */
  readonly logLikelihoods: readonly (readonly number[])[];
}

export interface CountNaiveBayes<L extends Label = Label>
  extends NaiveBayes<L>,
    Omit<CountNumbers, keyof Shared>,
    Pick<Shared, 'logPriors'> {
  readonly kind: 'multinomial-naive-bayes' | 'bernoulli-naive-bayes';
}

export function learnCounts(examples: ClassExamples, smoothing: number): CountNumbers {
  const { members, learned } = shared(examples);
  const counts = toRows(weightedSums(members, examples.x));
  const logLikelihoods = counts.map(row => {
    const total = row.reduce((sum, count) => sum + count + smoothing, 0);
    return row.map(count => Math.log((count + smoothing) / total));
  });
  return { ...learned, logLikelihoods };
}

export function learnPresence(examples: ClassExamples, smoothing: number): CountNumbers {
  const { members, sizes, learned } = shared(examples);
  const counts = toRows(weightedSums(members, presence(examples.x)));
  const logLikelihoods = counts.map((row, k) =>
    row.map(count => Math.log((count + smoothing) / (sizes[k]! + 2 * smoothing))),
  );
  return { ...learned, logLikelihoods };
}

function presence(x: Dense): Dense {
  return dense(
    x.rows,
    x.columns,
    x.values.map(value => (value > 0 ? 1 : 0)),
  );
}

export function assertCounts(where: string, { values, columns }: ClassExamples['x']): void {
  const place = values.findIndex(value => value < 0);
  if (place < 0) return;
  throw mismatch({
    where,
    expected: 'counts, none below 0',
    received: `${values[place]} in row ${Math.floor(place / columns)}, column ${place % columns}`,
    hint: "Scaled numbers are no counts: prepare with numeric: 'none', or take kind: 'gaussian'.",
  });
}

export function countModel(kind: 'multinomial' | 'bernoulli', learned: CountNumbers): CountNaiveBayes {
  const { features, classes, logPriors, logLikelihoods } = learned;
  const isPresence = kind === 'bernoulli';
  // For presence: Σ log p over what is there + Σ log(1 − p) over what is not = Σ log(1 − p) over all + Σ log-odds there.
  const absent = logLikelihoods.map(row => row.map(value => (isPresence ? Math.log1p(-Math.exp(value)) : 0)));
  const weights = dense(classes.length, features.length);
  weights.values.set(logLikelihoods.flatMap((row, k) => row.map((value, j) => value - absent[k]![j]!)));
  const constants = logPriors.map((prior, k) => absent[k]!.reduce((sum, value) => sum + value, prior));
  const jointOf = (x: Dense) => {
    const out = dotProducts(isPresence ? presence(x) : x, weights);
    for (let i = 0; i < out.values.length; i++) out.values[i] = out.values[i]! + constants[i % classes.length]!;
    return out;
  };
  const members = { kind: `${kind}-naive-bayes` as const, ...learned, ...methods(learned, jointOf) };
  return createFitted(
    members,
    () => ({ classes, logPriors, logLikelihoods }),
    () => ({
      caption: caption(isPresence ? 'Bernoulli' : 'Multinomial', learned),
      table: {
        columns: classes.map(label => `log-likelihood in ${label}`),
        index: features,
        rows: features.map((_, j) => logLikelihoods.map(row => row[j]!)),
      },
    }),
  );
}

export function restoreCounts(saved: SavedFields): CountNaiveBayes {
  const shared = sharedOf(saved);
  const logLikelihoods = saved.matrix('logLikelihoods', shared.classes.length, shared.features.length);
  return countModel(saved.kind === 'bernoulli-naive-bayes' ? 'bernoulli' : 'multinomial', {
    ...shared,
    logLikelihoods,
  });
}
