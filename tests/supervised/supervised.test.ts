import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { random } from '../../src/core/index.ts';
import * as supervised from '../../src/supervised/index.ts';
import { golden } from './golden.ts';

const line = { x: [[1], [2], [3], [4], [5], [6]], y: [1, 2, 3, 4, 5, 6] };
const two = { x: line.x, y: ['low', 'low', 'high', 'low', 'high', 'high'] };

describe('linear and ridge', () => {
  it('ridge draws the weights towards 0, and leaves the bias alone', () => {
    const data = { x: line.x, y: line.y.map(value => 100 + value) };
    const slopes = [1e-6, 1, 1e6].map(l2 => supervised.ridge(data, { l2 }).weights[0]!);
    expect(slopes[0]).toBeCloseTo(1, 5);
    expect(slopes[1]).toBeCloseTo(17.5 / 6 / (17.5 / 6 + 1), 10);
    expect(slopes[2]).toBeCloseTo(0, 5);
    expect(supervised.ridge(data, { l2: 1e6 }).predict([[50]])[0]).toBeCloseTo(103.5, 3);
  });

  it.each([
    [() => supervised.ridge(line, { l2: 0 }), 'supervised.ridge({ l2 }): expected a number above 0, received 0.'],
    [
      () => supervised.ridge(line, { l2: Number.NaN }),
      'supervised.ridge({ l2 }): expected a number above 0, received NaN.',
    ],
    [
      () => supervised.linear(two as never),
      "supervised.linear(data): y: expected numbers to predict, received names such as 'low'.",
    ],
    [
      () => supervised.linear(line.x as never),
      'supervised.linear(data): expected prepare(frame), or rows and targets as { x, y }, received an array of 6.',
    ],
  ])('refuses case %#', (call, message) => expect(call).toThrow(message));
});

describe('logistic and softmax', () => {
  it('finds the optimum whatever the unit of a feature, where weights cost nothing', () => {
    const inMetres = supervised.logistic(two, { l2: 0 });
    const inMicrometres = supervised.logistic({ ...two, x: two.x.map(([v]) => [v! * 1e6]) }, { l2: 0 });
    expect(inMicrometres.weights[0]! * 1e6).toBeCloseTo(inMetres.weights[0]!, 8);
    expect(inMicrometres.loss).toBeCloseTo(inMetres.loss, 12);
  });

  it('has a gradient of 0 there, by finite differences', () => {
    const { x, y } = golden.iris;
    const model = supervised.softmax({ x, y }, { l2: 0.01 });
    const loss = (weights: readonly (readonly number[])[], biases: readonly number[]) => {
      let sum = 0;
      x.forEach((row, i) => {
        const logits = biases.map((bias, k) => row.reduce((total, value, j) => total + value * weights[k]![j]!, bias));
        const largest = Math.max(...logits);
        sum += largest + Math.log(logits.reduce((total, z) => total + Math.exp(z - largest), 0)) - logits[y[i]!]!;
      });
      return sum / x.length + 0.01 * weights.flat().reduce((total, w) => total + w * w, 0);
    };
    expect(loss(model.weights, model.biases)).toBeCloseTo(model.loss, 12);
    const step = 1e-5;
    for (let k = 0; k < 3; k++)
      for (let j = 0; j <= 4; j++) {
        const moved = [step, -step].map(by => {
          const weights = model.weights.map(row => [...row]);
          const biases = [...model.biases];
          if (j < 4) weights[k]![j]! += by;
          else biases[k]! += by;
          return loss(weights, biases);
        });
        expect(Math.abs(moved[0]! - moved[1]!) / (2 * step)).toBeLessThan(1e-8);
      }
  });

  it('stays finite for logits of any size', () => {
    const model = supervised.logistic(two);
    const [low, high] = model.probabilities([[-1e6], [1e6]]);
    expect(low).toEqual([0, 1]); // in the order of the classes: high, low
    expect(high).toEqual([1, 0]);
  });

  it('says that weights would grow without end', () => {
    const apart = { x: line.x, y: ['a', 'a', 'a', 'b', 'b', 'b'] };
    const message = 'the classes can be told apart without an error, so that the weights grow without end';
    expect(() => supervised.logistic(apart, { l2: 0 })).toThrow(message);
    expect(() => supervised.softmax(apart, { l2: 0 })).toThrow(message);
    expect(supervised.logistic(apart).score(apart)).toBe(1);
  });

  it('says so when it was stopped before the optimum', () => {
    const model = supervised.softmax(golden.iris, { l2: 1e-6, maxIterations: 3 });
    expect(model).toMatchObject({ iterations: 3, converged: false });
  });

  it('logistic refuses three classes, and names what takes them', () => {
    expect(() => supervised.logistic(golden.iris)).toThrow(
      expect.objectContaining({
        message: 'supervised.logistic(data): y: expected 2 classes, received 3.',
        hint: 'For more than two: supervised.softmax(data).',
      }),
    );
  });
});

describe('naive Bayes', () => {
  it('counts by hand', () => {
    const data = {
      x: [
        [2, 0],
        [1, 1],
        [0, 3],
      ],
      y: ['spam', 'spam', 'ham'],
    };
    const model = supervised.naiveBayes(data, { kind: 'multinomial' });
    expect(model.classes).toEqual(['ham', 'spam']);
    expect(model.logLikelihoods.map(row => row.map(Math.exp))).toEqual([
      [expect.closeTo(1 / 5, 12), expect.closeTo(4 / 5, 12)],
      [expect.closeTo(4 / 6, 12), expect.closeTo(2 / 6, 12)],
    ]);
    expect(model.logPriors.map(Math.exp)).toEqual([expect.closeTo(1 / 3, 12), expect.closeTo(2 / 3, 12)]);
  });

  it('tells classes apart where the product of the probabilities is 0 in a computer', () => {
    const words = 2000;
    const mail = (first: number) => Array.from({ length: words }, (_, i) => (i % 2 === first ? 3 : 1));
    const model = supervised.naiveBayes({ x: [mail(0), mail(1)], y: ['even', 'odd'] }, { kind: 'multinomial' });
    expect(Math.exp(model.logJoint([mail(0)])[0]![0]!)).toBe(0);
    expect(model.predict([mail(0), mail(1)])).toEqual(['even', 'odd']);
    expect(model.probabilities([mail(0)])[0]![0]).toBeCloseTo(1, 12);
  });

  it('bears a feature that is the same in all rows of a class', () => {
    const model = supervised.naiveBayes({
      x: [
        [1, 5],
        [1, 6],
        [2, 5],
        [2, 7],
      ],
      y: ['a', 'a', 'b', 'b'],
    });
    expect(
      model.predict([
        [1, 5],
        [2, 6],
      ]),
    ).toEqual(['a', 'b']);
  });

  it('refuses counts below 0, and says what made them', () => {
    expect(() =>
      supervised.naiveBayes(
        {
          x: [
            [1, -0.5],
            [0, 1],
          ],
          y: ['a', 'b'],
        },
        { kind: 'multinomial' },
      ),
    ).toThrow(
      expect.objectContaining({
        message: 'supervised.naiveBayes(data): x: expected counts, none below 0, received -0.5 in row 0, column 1.',
        hint: expect.stringContaining("numeric: 'none'"),
      }),
    );
    expect(() => supervised.naiveBayes(two, { kind: 'guassian' as never })).toThrow(
      expect.objectContaining({ hint: "Did you mean 'gaussian'?" }),
    );
  });
});

describe('nearest neighbours', () => {
  it('are those of a search that sorts all distances', () => {
    const generator = random(5);
    const cells = fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 2 }), {
      minLength: 6,
      maxLength: 20,
    });
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 6 }), (x, neighbours) => {
        const y = x.map((_, row) => (row < 2 ? row : generator.integer(0, 2)));
        const model = supervised.knn({ x, y }, { neighbours });
        const { rows, distances } = model.nearest(x);
        x.forEach((query, i) => {
          const sorted = x
            .map((other, row) => ({ row, distance: Math.hypot(other[0]! - query[0]!, other[1]! - query[1]!) }))
            .sort((a, b) => a.distance - b.distance || a.row - b.row)
            .slice(0, neighbours);
          expect(rows[i]).toEqual(sorted.map(entry => entry.row));
          sorted.forEach((entry, place) => expect(distances[i]![place]).toBeCloseTo(entry.distance, 12));
        });
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it('break a tie by who is nearer', () => {
    const data = { x: [[0], [3], [10], [11]], y: ['a', 'b', 'b', 'a'] };
    const model = supervised.knn(data, { neighbours: 2 });
    expect(model.probabilities([[1], [2]])).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    expect(model.predict([[1], [2]])).toEqual(['a', 'b']);
  });

  it('in the very same place decide alone, when distance counts', () => {
    const data = { x: [[0], [0.1], [0.2]], y: [10, 20, 30] };
    const model = supervised.knn(data, { neighbours: 3, weights: 'distance', task: 'regression' });
    expect(model.predict([[0.1]])).toEqual([20]);
  });

  it('cannot be more than there are rows', () => {
    expect(() => supervised.knn(two, { neighbours: 7 })).toThrow(
      'supervised.knn({ neighbours }): expected a whole number from 1 to 6, received 7.',
    );
  });
});

describe('tree', () => {
  const rows = fc.array(
    fc.record({
      x: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }),
      y: fc.constantFrom('a', 'b', 'c'),
    }),
    { minLength: 2, maxLength: 40 },
  );

  it('ends in leaves that are pure, or whose rows are all alike; each split makes rows less mixed', () => {
    fc.assert(
      fc.property(rows, found => {
        const data = { x: found.map(row => row.x), y: found.map(row => row.y) };
        fc.pre(new Set(data.y).size > 1);
        const model = supervised.tree(data);
        const at = new Map<string, Set<string>>();
        for (const row of found) at.set(row.x.join(), (at.get(row.x.join()) ?? new Set()).add(row.y));
        const predicted = model.predict(data.x);
        found.forEach((row, i) => {
          if (at.get(row.x.join())!.size === 1) expect(predicted[i]).toBe(row.y);
        });
        const visit = (node: supervised.TreeNode): void => {
          if (!('left' in node)) return;
          const { left, right } = node;
          expect(left.samples + right.samples).toBe(node.samples);
          const after = left.samples * left.impurity + right.samples * right.impurity;
          expect(after).toBeLessThanOrEqual(node.samples * node.impurity + 1e-9);
          visit(left);
          visit(right);
        };
        visit(model.root);
      }),
      { seed: 3, numRuns: 80 },
    );
  });

  it('keeps to its depth and its smallest leaf', () => {
    const { x, groups: y } = golden.tree;
    const model = supervised.tree({ x, y }, { depth: 3, minLeaf: 20 });
    expect(model.depth).toBe(3);
    const leaves: number[] = [];
    const visit = (node: supervised.TreeNode): void => {
      if ('left' in node) [node.left, node.right].forEach(visit);
      else leaves.push(node.samples);
    };
    visit(model.root);
    expect(leaves).toHaveLength(model.leaves);
    expect(Math.min(...leaves)).toBeGreaterThanOrEqual(20);
  });

  it('learns what takes two questions of which none helps alone', () => {
    const data = {
      x: [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      y: ['no', 'yes', 'yes', 'no'],
    };
    expect(supervised.tree(data).score(data)).toBe(1);
  });

  it('prints itself', () => {
    const model = supervised.tree({ ...two, features: ['age'] });
    expect(String(model)).toBe(
      [
        'age ≤ 2.5?',
        '├─ yes: low (2 of 2)',
        '└─ no: age ≤ 4.5?',
        '   ├─ yes: age ≤ 3.5?',
        '   │  ├─ yes: high (1 of 1)',
        '   │  └─ no: low (1 of 1)',
        '   └─ no: high (2 of 2)',
      ].join('\n'),
    );
  });

  it('of numbers that are all the same is one leaf', () => {
    const model = supervised.tree({ x: line.x, y: line.y.map(() => 7) }, { task: 'regression' });
    expect(model).toMatchObject({ leaves: 1, depth: 0, importances: [0] });
    expect(model.predict([[3]])).toEqual([7]);
  });

  it('asks what float numbers can tell apart', () => {
    const near = 1 + Number.EPSILON;
    const data = { x: [[1], [near]], y: ['a', 'b'] };
    expect(supervised.tree(data).predict([[1], [near]])).toEqual(['a', 'b']);
  });
});

describe('files', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'learnable-supervised-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'model.json');
  const model = supervised.linear(line);

  it('are refused by what is wrong with them', async () => {
    const load = (content: unknown) => {
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
      return supervised.load(file);
    };
    await expect(load('{')).rejects.toThrow(/supervised\.load\(path\): '.*model\.json' is not JSON/);
    await expect(load({ weights: [1] })).rejects.toThrow("'model.json': expected a model that learnable saved");
    await expect(load({ ...model.toJSON(), version: 2 })).rejects.toThrow(
      'expected version 1 of the format, received 2',
    );
    await expect(load({ ...model.toJSON(), kind: 'kmeans' })).rejects.toThrow("received one of the kind 'kmeans'");
    await expect(load({ ...model.toJSON(), weights: [1, 2] })).rejects.toThrow(
      expect.objectContaining({
        message: "supervised.load(path): 'model.json': 'weights': expected 1 finite numbers, received [1, 2].",
        hint: 'The file was changed or cut: save the model again.',
      }),
    );
    await expect(supervised.load(path.join(folder, 'none.json'))).rejects.toThrow('there is no such file');
    await expect(supervised.load('')).rejects.toThrow("expected the path of a file, such as 'model.json', received ''");
  });

  it('of another kind than expected are refused', async () => {
    await supervised.save(model, file);
    await expect(supervised.load(file, 'tree')).rejects.toThrow(
      "expected a 'tree' model, received one of the kind 'linear'",
    );
    expect((await supervised.load(file, 'linear')).weights).toEqual(model.weights);
  });

  it('hold models alone', async () => {
    await expect(supervised.save({} as never, file)).rejects.toThrow(
      'expected a fitted model, received an empty object',
    );
    writeFileSync(path.join(folder, 'file'), '');
    await expect(supervised.save(model, path.join(folder, 'file', 'in.json'))).rejects.toThrow('could not be written');
  });
});
