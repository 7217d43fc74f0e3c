import { assertInteger, assertKeys, assertNumber, mismatch, random } from '../../core/index.ts';
import { classesOf, type Label } from './votes.ts';

export interface PlantOptions {
  /** The share of labels to spoil, from 0 to 1. */
  share: number;
  /** Default 0. */
  seed?: number;
}

/**
 * Labels of which a share is replaced by another class, to see who finds them.
 *
 * @example
 * const { labels, planted } = data.labelling.plantErrors(['a', 'b', 'a', 'b', 'a'], { share: 0.4, seed: 1 });
 */
export function plantErrors<L extends Label>(
  labels: readonly L[],
  options: PlantOptions,
): { labels: L[]; planted: number[] } {
  assertKeys('plantErrors(labels, options)', options, ['share', 'seed']);
  const { share, seed = 0 } = options;
  assertNumber('plantErrors({ share })', share, { min: 0, max: 1 });
  const classes = classesOf(labels);
  if (classes.length < 2)
    throw mismatch({ where: 'plantErrors(labels)', expected: 'at least 2 classes', received: String(classes.length) });
  const generator = random(seed);
  const planted = generator
    .permutation(labels.length)
    .slice(0, Math.round(share * labels.length))
    .sort((a, b) => a - b);
  const spoilt = [...labels];
  for (const position of planted)
    spoilt[position] = generator.choice(classes.filter(label => label !== labels[position]));
  return { labels: spoilt, planted };
}

export interface SimulationOptions {
  /** How often each annotator is right, from 0 to 1; below chance an annotator does harm. */
  accuracies: readonly number[];
  /** How many annotators see each item. Default: all. */
  each?: number;
  /** Default 0. */
  seed?: number;
}

/**
 * Votes of annotators who are right with a given probability, and else say any other class.
 *
 * @example const votes = data.labelling.simulateVotes(['a', 'b', 'a'], { accuracies: [0.9, 0.9, 0.4], seed: 1 });
 */
export function simulateVotes<L extends Label>(truth: readonly L[], options: SimulationOptions): (L | null)[][] {
  assertKeys('simulateVotes(truth, options)', options, ['accuracies', 'each', 'seed']);
  const { accuracies, each = accuracies.length, seed = 0 } = options;
  for (const accuracy of accuracies) assertNumber('simulateVotes({ accuracies })', accuracy, { min: 0, max: 1 });
  assertInteger('simulateVotes({ each })', each, { min: 1, max: accuracies.length });
  const classes = classesOf(truth);
  if (classes.length < 2)
    throw mismatch({ where: 'simulateVotes(truth)', expected: 'at least 2 classes', received: String(classes.length) });
  const generator = random(seed);
  return truth.map(label => {
    const asked = new Set(generator.permutation(accuracies.length).slice(0, each));
    const others = classes.filter(other => other !== label);
    return accuracies.map((accuracy, annotator) => {
      if (!asked.has(annotator)) return null;
      return generator.uniform() < accuracy ? label : generator.choice(others);
    });
  });
}
