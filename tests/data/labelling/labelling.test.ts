import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { DISPLAY } from '../../../src/display/channel.ts';
import { near, thrown } from '../fixtures.ts';

const { labelling } = data;

interface Golden {
  first: number[];
  second: number[];
  cohen: Record<'none' | 'linear' | 'quadratic', number>;
  votes: (number | null)[][];
  truth: number[];
  posterior: number[][];
  likelihoods: number[];
  given: number[];
  probabilities: number[][];
  thresholds: number[];
  confident: number[][];
  joint: number[][];
  suspicious: [number, number][];
}
const golden = JSON.parse(readFileSync(new URL('../golden/labelling.json', import.meta.url), 'utf8')) as Golden;

/** The example of Fleiss, 1971: 10 subjects, 14 raters, 5 categories, as how many chose each. */
const fleiss = [
  [0, 0, 0, 0, 14],
  [0, 2, 6, 4, 2],
  [0, 0, 3, 5, 6],
  [0, 3, 9, 2, 0],
  [2, 2, 8, 1, 1],
  [7, 7, 0, 0, 0],
  [3, 2, 6, 3, 0],
  [2, 5, 3, 2, 2],
  [6, 5, 2, 1, 0],
  [0, 2, 2, 3, 7],
].map(counts => counts.flatMap((count, label) => new Array<number>(count).fill(label + 1)));

/** Krippendorff, Computing Krippendorff's alpha-reliability, 2011: 4 observers, 12 units. */
const _ = null;
const krippendorff = [
  [1, 1, _, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [_, 5, 5, 5],
  [_, _, 1, 1],
  [_, 3, _, _],
];

describe('cohenKappa', () => {
  it.each(['none', 'linear', 'quadratic'] as const)('weights %s: as scikit-learn', weights => {
    expect(labelling.cohenKappa(golden.first, golden.second, { weights }).kappa).toBeCloseTo(golden.cohen[weights], 12);
  });

  it('is 1 where all agree, 0 at chance, below 0 where they contradict, and the same both ways round', () => {
    expect(labelling.cohenKappa(['a', 'b', 'a'], ['a', 'b', 'a']).kappa).toBe(1);
    expect(labelling.cohenKappa(['a', 'a', 'b', 'b'], ['a', 'b', 'a', 'b']).kappa).toBe(0);
    expect(labelling.cohenKappa(['a', 'b'], ['b', 'a']).kappa).toBe(-1);
    expect(labelling.cohenKappa(golden.second, golden.first).kappa).toBeCloseTo(golden.cohen.none, 12);
    expect(labelling.cohenKappa(['a', 'a'], ['a', 'a']).kappa).toBeNaN();
  });

  it('counts who said what, of the items that both labelled', async () => {
    const agreement = labelling.cohenKappa(['a', null, 'b', 'b'], ['a', 'a', 'a', 'b']);
    expect(agreement).toMatchObject({
      classes: ['a', 'b'],
      matrix: [
        [1, 0],
        [1, 1],
      ],
      observed: expect.closeTo(2 / 3, 12),
    });
    expect(agreement.chance).toBeCloseTo((1 / 3) * (2 / 3) + (2 / 3) * (1 / 3), 12);
    expect(String((await agreement[DISPLAY]())['text/plain'])).toMatch(
      /^κ = 0\.400: they agree on 66\.7 %, by chance it would be 44\.4 %\n/,
    );
  });

  it('explains what it cannot do', () => {
    expect(thrown(() => labelling.cohenKappa(['a'], ['a', 'b'])).message).toBe(
      'cohenKappa(first, second): expected labels of the same items, received 1 and 2.',
    );
    expect(thrown(() => labelling.cohenKappa([null], ['a'])).message).toContain('at least one item that both labelled');
    expect(thrown(() => labelling.cohenKappa(['a'], ['b'], { classes: ['a'] })).message).toBe(
      "cohenKappa({ classes }): expected all that was said, received 'b'.",
    );
    // @ts-expect-error: no such weights
    expect(thrown(() => labelling.cohenKappa(['a'], ['b'], { weights: 'lineal' })).hint).toBe("Did you mean 'linear'?");
  });
});

describe('fleissKappa', () => {
  it('is that of the example in the paper', () => {
    const { kappa, observed, chance, byClass } = labelling.fleissKappa(fleiss);
    expect([kappa, observed, chance]).toEqual([
      expect.closeTo(0.21, 3),
      expect.closeTo(0.378, 3),
      expect.closeTo(0.213, 3),
    ]);
    expect(Object.keys(byClass)).toEqual(['1', '2', '3', '4', '5']);
    // κ is the mean of those of the classes, weighted by share × (1 − share) (Fleiss, 1971).
    const shares = [1, 2, 3, 4, 5].map(label => fleiss.flat().filter(vote => vote === label).length / 140);
    const weights = shares.map(share => share * (1 - share));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = Object.values(byClass).reduce((sum, value, j) => sum + value * weights[j]!, 0) / total;
    expect(mean).toBeCloseTo(kappa, 12);
  });

  it('wants the same number of votes for each item', () => {
    expect(
      thrown(() =>
        labelling.fleissKappa([
          ['a', 'b'],
          ['a', null],
        ]),
      ),
    ).toEqual({
      message:
        'fleissKappa(votes): expected the same number of votes, at least 2, for each item, received 2 for item 0 and 1 for item 1.',
      hint: 'data.labelling.krippendorffAlpha takes votes of which some are missing.',
    });
    expect(thrown(() => labelling.fleissKappa([['a']])).message).toContain('received 1.');
    expect(thrown(() => labelling.fleissKappa([['a', 'b'], ['a']])).message).toContain(
      'null where one is missing, received 1 for item 1',
    );
    expect(thrown(() => labelling.fleissKappa('aab' as never)).hint).toContain('two items, three annotators');
  });
});

describe('krippendorffAlpha', () => {
  it.each([
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
  ] as const)('%s: %d, as published', (level, alpha) => {
    expect(labelling.krippendorffAlpha(krippendorff, { level })).toBeCloseTo(alpha, 3);
  });

  it('needs numbers to measure distances', () => {
    expect(thrown(() => labelling.krippendorffAlpha([['a', 'b']], { level: 'interval' })).message).toBe(
      "krippendorffAlpha({ level }): expected votes that are numbers, received 'a'.",
    );
    expect(thrown(() => labelling.krippendorffAlpha([['a', null]])).message).toContain(
      'at least one item with two votes',
    );
  });
});

describe('majorityVote', () => {
  const votes = [
    ['a', 'a', 'b'],
    ['b', 'a', null],
    [null, null, null],
  ];

  it('counts, and breaks ties as it is told', () => {
    expect(labelling.majorityVote(votes)).toEqual({ labels: ['a', 'a', null], shares: [2 / 3, 0.5, 0], ties: [1] });
    expect(labelling.majorityVote(votes, { ties: 'none' }).labels).toEqual(['a', null, null]);
    const winners = Array.from(
      { length: 40 },
      (_, seed) => labelling.majorityVote(votes, { ties: 'random', seed }).labels[1],
    );
    expect([...new Set(winners)].sort()).toEqual(['a', 'b']);
    expect(labelling.majorityVote(votes, { ties: 'random', seed: 3 })).toEqual(
      labelling.majorityVote(votes, { ties: 'random', seed: 3 }),
    );
  });
});

describe('dawidSkene', () => {
  const { votes, truth } = golden;
  const found = labelling.dawidSkene(votes, { iterations: 25, tolerance: 0 });
  const share = (labels: readonly unknown[]) => labels.filter((label, i) => label === truth[i]).length / truth.length;

  it('takes the steps that numpy takes', () => {
    expect(found.probabilities).toEqual(near(golden.posterior, 8));
    expect(found.logLikelihood).toEqual(near(golden.likelihoods, 8));
  });

  it('never makes the votes less probable', () => {
    for (let i = 1; i < found.logLikelihood.length; i++)
      expect(found.logLikelihood[i]!).toBeGreaterThanOrEqual(found.logLikelihood[i - 1]! - 1e-9);
  });

  it('knows whom to trust, and is right more often than the majority', () => {
    const trust = found.confusions.map(matrix => matrix.reduce((sum, row, i) => sum + row[i]!, 0) / 3);
    expect([...trust].sort((a, b) => b - a)).toEqual(trust);
    expect(share(found.labels)).toBeGreaterThan(share(labelling.majorityVote(votes).labels));
    for (const matrix of found.confusions)
      for (const row of matrix) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    expect(found.priors.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
  });

  it('reads one who always says the opposite the other way round', () => {
    const items = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 'a' : 'b'));
    const planted = labelling.simulateVotes(items, { accuracies: [0.9, 0.9, 0.9, 0.02], seed: 4 });
    const { labels, confusions, converged } = labelling.dawidSkene(planted);
    expect(converged).toBe(true);
    expect(confusions[3]![0]![1]!).toBeGreaterThan(0.9);
    expect(labels.filter((label, i) => label === items[i]).length).toBeGreaterThanOrEqual(59);
  });

  it('wants a vote for each item', () => {
    expect(thrown(() => labelling.dawidSkene([['a'], [null]])).message).toBe(
      'dawidSkene(votes): expected a vote for each item, received none for item 1.',
    );
  });
});

describe('labelErrors', () => {
  const found = labelling.labelErrors(golden.given, golden.probabilities);

  it('counts, estimates and ranks as the paper says', () => {
    expect(found.thresholds).toEqual(near(golden.thresholds, 12));
    expect(found.confident).toEqual(golden.confident);
    expect(found.joint).toEqual(near(golden.joint, 12));
    expect(found.errors.map(({ position, suggested }) => [position, suggested])).toEqual(golden.suspicious);
    expect(found.noise).toBeCloseTo(1 - golden.joint.reduce((sum, row, i) => sum + row[i]!, 0), 12);
  });

  it('finds most of the errors that were planted, and little else', () => {
    const truth = Array.from({ length: 300 }, (_, i) => ['cat', 'dog', 'owl'][i % 3]!);
    const { labels, planted } = labelling.plantErrors(truth, { share: 0.1, seed: 2 });
    const probabilities = truth.map(label => ['cat', 'dog', 'owl'].map(name => (name === label ? 0.8 : 0.1)));
    const { errors, noise } = labelling.labelErrors(labels, probabilities);
    expect(errors.map(({ position }) => position).sort((a, b) => a - b)).toEqual(planted);
    for (const { position, suggested, given } of errors) {
      expect(suggested).toBe(truth[position]);
      expect(given).toBe(labels[position]);
    }
    expect(noise).toBeCloseTo(0.1, 2);
  });

  it('takes the probability of the second of two classes, and shows the suspects', async () => {
    const report = labelling.labelErrors(['no', 'no', 'yes', 'yes'], [0.1, 0.95, 0.9, 0.8]);
    expect(report.errors).toEqual([
      {
        position: 1,
        given: 'no',
        suggested: 'yes',
        selfConfidence: expect.closeTo(0.05, 9),
        margin: expect.closeTo(-0.9, 9),
      },
    ]);
    expect(String((await report[DISPLAY]())['text/plain'])).toMatch(
      /^1 label of 4 probably wrong; estimated 25\.0 %\n/,
    );
  });

  it('explains what it cannot do', () => {
    expect(thrown(() => labelling.labelErrors(['a', 'b'], [[0.5, 0.5]])).message).toBe(
      'labelErrors(given, probabilities): expected probabilities of 2 items and 2 classes, received 1 items and 2 classes.',
    );
    expect(
      thrown(() =>
        labelling.labelErrors(
          ['a', 'b'],
          [
            [2, -1],
            [0, 1],
          ],
        ),
      ),
    ).toEqual({
      message:
        'labelErrors(given, probabilities): expected 2 probabilities for each item, which sum to 1, received [2, -1] for item 0.',
      hint: 'Scores become probabilities by tf.softmax.',
    });
    expect(
      thrown(() =>
        labelling.labelErrors(
          ['a', 'c'],
          [
            [1, 0],
            [0, 1],
          ],
          { classes: ['a', 'b'] },
        ),
      ).message,
    ).toContain("expected one of a, b, received 'c'");
  });
});

describe('uncertainty', () => {
  const rows = [
    [0.5, 0.3, 0.2],
    [0.45, 0.45, 0.1],
    [0.34, 0.33, 0.33],
    [1, 0, 0],
  ];

  it('measures it in three ways', () => {
    expect(labelling.uncertainty(rows, 'least-confident')).toEqual(near([0.5, 0.55, 0.66, 0]));
    expect(labelling.uncertainty(rows, 'margin')).toEqual(near([0.8, 1, 0.99, 0]));
    const entropy = (...p: number[]) => -p.reduce((sum, value) => sum + value * Math.log(value), 0);
    expect(labelling.uncertainty(rows)).toEqual(
      near([entropy(0.5, 0.3, 0.2), entropy(0.45, 0.45, 0.1), entropy(0.34, 0.33, 0.33), 0]),
    );
  });

  it('selects the least sure, or any', () => {
    expect(labelling.selectUncertain(rows, { count: 2 })).toEqual([2, 0]);
    expect(labelling.selectUncertain(rows, { count: 2, kind: 'margin' })).toEqual([1, 2]);
    expect(labelling.selectUncertain(rows, { count: 1, among: [0, 3] })).toEqual([0]);
    expect(labelling.selectUncertain(rows, { count: 0 })).toEqual([]);
    const lots = Array.from(
      { length: 50 },
      (_, seed) => labelling.selectUncertain(rows, { count: 1, kind: 'random', seed })[0],
    );
    expect(new Set(lots).size).toBe(4);
    expect(labelling.selectUncertain(new Float32Array([0.1, 0.5, 0.9]), { count: 1 })).toEqual([1]);
  });

  it('does not favour the first of equals', () => {
    const equal = Array.from({ length: 20 }, () => [0.5, 0.5]);
    const first = Array.from({ length: 30 }, (_, seed) => labelling.selectUncertain(equal, { count: 1, seed })[0]);
    expect(new Set(first).size).toBeGreaterThan(8);
  });

  it('explains what it cannot do', () => {
    expect(thrown(() => labelling.selectUncertain(rows, { count: 5 })).message).toContain(
      'at least 5 items to choose from, received 4',
    );
    expect(thrown(() => labelling.selectUncertain(rows, { count: 1, among: [9] })).message).toContain(
      'from 0 to 3, received 9',
    );
    // @ts-expect-error: no such kind
    expect(thrown(() => labelling.uncertainty(rows, 'margins')).hint).toBe("Did you mean 'margin'?");
  });
});

describe('simulated labels', () => {
  const truth = Array.from({ length: 2000 }, (_, i) => i % 4);

  it('plant as many errors as asked for, each another class', () => {
    const { labels, planted } = labelling.plantErrors(truth, { share: 0.15, seed: 7 });
    expect(planted).toHaveLength(300);
    const wrong = labels.flatMap((label, i) => (label === truth[i] ? [] : [i]));
    expect(wrong).toEqual(planted);
    expect(labelling.plantErrors(truth, { share: 0.15, seed: 7 }).labels).toEqual(labels);
    expect(labelling.plantErrors(truth, { share: 0.15, seed: 8 }).labels).not.toEqual(labels);
    expect(thrown(() => labelling.plantErrors(['a'], { share: 1 })).message).toContain(
      'at least 2 classes, received 1',
    );
  });

  it('vote as well as they are told to, some of them on each item', () => {
    const votes = labelling.simulateVotes(truth, { accuracies: [0.9, 0.5, 0.7], each: 2, seed: 1 });
    for (const row of votes) expect(row.filter(label => label !== null)).toHaveLength(2);
    [0.9, 0.5, 0.7].forEach((accuracy, annotator) => {
      const cast = votes.flatMap((row, i) => (row[annotator] === null ? [] : [row[annotator] === truth[i]]));
      expect(Math.abs(cast.filter(Boolean).length / cast.length - accuracy)).toBeLessThan(0.05);
    });
  });
});
