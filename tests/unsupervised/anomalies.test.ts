import { describe, expect, it } from 'vitest';
import { random } from '../../src/core/index.ts';
import * as unsupervised from '../../src/unsupervised/index.ts';

const generator = random(3);
/** Along a line, and one row far from it that is within the range of each feature. */
const line = Array.from({ length: 80 }, () => {
  const at = generator.uniform(-3, 3);
  return [at, at + generator.normal(0, 0.1)];
});
const off = [2, -2];

describe('anomalies', () => {
  it.each([
    { kind: 'mahalanobis' },
    { kind: 'neighbours', neighbours: 3 },
    { kind: 'reconstruction', components: 1 },
    { kind: 'forest', seed: 1 },
  ] as const)('$kind finds the row that does not follow the others', options => {
    const model = unsupervised.anomalies([...line, off], { ...options, share: 0.02 });
    const scores = model.scores([...line, off]);
    expect(scores.indexOf(Math.max(...scores))).toBe(80);
    expect(model.predict([off, line[0]!])).toEqual([true, false]);
    expect(model.fittedScores).toHaveLength(81);
  });

  it('the share of rows counts as odd', () => {
    for (const share of [0, 0.1, 0.5]) {
      const model = unsupervised.anomalies(line, { kind: 'mahalanobis', share });
      expect(model.predict(line).filter(odd => odd)).toHaveLength(share * 80);
    }
  });

  it('Mahalanobis counts standard deviations', () => {
    const x = [
      [-1, 0],
      [1, 0],
      [0, -1],
      [0, 1],
    ];
    const model = unsupervised.anomalies(x, { kind: 'mahalanobis' });
    expect(model.scores([[2, 0]])[0]).toBeCloseTo(2 / Math.sqrt(2 / 3), 6);
  });

  it('Mahalanobis bears features that depend on each other', () => {
    const x = line.map(([a, b]) => [a!, b!, a! + b!, 7]);
    const model = unsupervised.anomalies(x, { kind: 'mahalanobis' });
    expect(model.scores(x).every(Number.isFinite)).toBe(true);
    expect(unsupervised.anomalies([[1], [1], [1]]).scores([[1]])).toEqual([0]);
  });

  it('a row is no neighbour of itself', () => {
    const model = unsupervised.anomalies([[0], [1], [10]], { kind: 'neighbours', neighbours: 1 });
    expect(model.fittedScores).toEqual([1, 1, 9]);
  });

  it('the same seed plants the same forest, another one another', () => {
    const scores = (seed: number) => unsupervised.anomalies(line, { kind: 'forest', seed, trees: 10 }).scores([off]);
    expect(scores(1)).toEqual(scores(1));
    expect(scores(1)).not.toEqual(scores(2));
  });

  it.each([
    [() => unsupervised.anomalies([[1]]), 'unsupervised.anomalies(x): expected at least 2 rows, received 1.'],
    [
      () => unsupervised.anomalies(line, { kind: 'neighbours', neighbours: 80 }),
      'unsupervised.anomalies({ neighbours }): expected a whole number from 1 to 79, received 80.',
    ],
    [
      () => unsupervised.anomalies(line, { kind: 'reconstruction' } as never),
      'unsupervised.anomalies({ components }): expected a whole number from 1 to 2, received undefined.',
    ],
    [
      () => unsupervised.anomalies(line, { kind: 'mahalanobis', trees: 3 } as never),
      "expected options among kind, share, received 'trees'",
    ],
    [
      () => unsupervised.anomalies(line, { kind: 'isolation' as never }),
      "expected one of 'mahalanobis', 'neighbours', 'reconstruction', 'forest'",
    ],
  ])('refuses case %#', (call, message) => expect(call).toThrow(message));
});
