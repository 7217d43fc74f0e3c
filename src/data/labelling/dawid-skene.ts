import { assertInteger, assertKeys, assertNumber, mismatch } from '../../core/index.ts';
import { countVotes, type Label, type NumberedVotes, numberVotes, type Votes } from './votes.ts';

export interface DawidSkeneOptions {
  /** At most so many steps. Default 100. */
  iterations?: number;
  /** Ends when the log-likelihood of an item grows by less on average. Default 1e-7. */
  tolerance?: number;
}

export interface DawidSkene<L extends Label> {
  classes: L[];
  /** The most probable label of each item. */
  labels: L[];
  /** Of each class, for each item. */
  probabilities: number[][];
  /** `confusions[a][i][j]`: how probably annotator `a` says `j` where the truth is `i`. */
  confusions: number[][][];
  /** How probable each class is before anybody votes. */
  priors: number[];
  /** Of all votes, after each step: it never falls. */
  logLikelihood: number[];
  converged: boolean;
}

/**
 * Finds the truth and how far each annotator can be trusted, both from the votes alone, by expectation and maximisation
 * (Dawid and Skene, Applied Statistics 28, 1979). Starts from the shares of the votes. Annotators who are right more often
 * weigh more, and those who always say the opposite are read the other way round.
 *
 * @example
 * const { labels, confusions } = data.labelling.dawidSkene([['a', 'a', 'b'], ['b', 'b', 'b'], ['a', 'a', 'a'], ['b', 'b', 'a']]);
 */
export function dawidSkene<L extends Label>(votes: Votes<L>, options: DawidSkeneOptions = {}): DawidSkene<L> {
  const where = 'dawidSkene(votes)';
  assertKeys('dawidSkene(votes, options)', options, ['iterations', 'tolerance']);
  const { iterations = 100, tolerance = 1e-7 } = options;
  assertInteger('dawidSkene({ iterations })', iterations, { min: 1 });
  assertNumber('dawidSkene({ tolerance })', tolerance, { min: 0 });
  const numbered = numberVotes(where, votes);
  const { classes, rows } = numbered;
  const silent = rows.findIndex(row => row.every(label => label < 0));
  if (silent >= 0) throw mismatch({ where, expected: 'a vote for each item', received: `none for item ${silent}` });

  let probabilities = rows.map(row => {
    const counts = countVotes(row, classes.length);
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map(count => count / total);
  });
  const logLikelihood: number[] = [];
  let model = maximise(numbered, probabilities);
  let converged = false;
  while (logLikelihood.length < iterations && !converged) {
    const expected = expect(numbered, model);
    const before = logLikelihood.at(-1) ?? Number.NEGATIVE_INFINITY;
    logLikelihood.push(expected.logLikelihood);
    probabilities = expected.probabilities;
    model = maximise(numbered, probabilities);
    converged = expected.logLikelihood - before < tolerance * rows.length;
  }
  const labels = probabilities.map(row => classes[row.indexOf(Math.max(...row))]!);
  return { classes, labels, probabilities, ...model, logLikelihood, converged };
}

interface Model {
  priors: number[];
  confusions: number[][][];
}

/** The priors and confusions under which the votes are most probable, given the probabilities of the truth. */
function maximise({ classes, annotators, rows }: NumberedVotes<Label>, probabilities: readonly number[][]): Model {
  const size = classes.length;
  const priors = classes.map((_, i) => probabilities.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
  const confusions = Array.from({ length: annotators }, (_, annotator) => {
    const counts = classes.map(() => new Array<number>(size).fill(0));
    rows.forEach((row, item) => {
      const said = row[annotator]!;
      if (said < 0) return;
      counts.forEach((count, truth) => {
        count[said] = count[said]! + probabilities[item]![truth]!;
      });
    });
    return counts.map(row => {
      const total = row.reduce((sum, count) => sum + count, 0);
      // Of a truth that this annotator never met nothing is known: all answers are equally probable.
      return row.map(count => (total > 0 ? count / total : 1 / size));
    });
  });
  return { priors, confusions };
}

/** How probable each truth is, given the model. In logarithms: the product of many votes would vanish. */
function expect({ classes, rows }: NumberedVotes<Label>, { priors, confusions }: Model) {
  let logLikelihood = 0;
  const probabilities = rows.map(row => {
    const logs = classes.map((_, i) => {
      let log = Math.log(priors[i]!);
      row.forEach((said, annotator) => {
        if (said >= 0) log += Math.log(confusions[annotator]![i]![said]!);
      });
      return log;
    });
    const most = Math.max(...logs);
    const total = logs.reduce((sum, log) => sum + Math.exp(log - most), 0);
    logLikelihood += most + Math.log(total);
    return logs.map(log => Math.exp(log - most) / total);
  });
  return { logLikelihood, probabilities };
}
