import { closeTo, exercise, holds, number } from 'learnable/grader';

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

export default exercise<typeof import('./mean-squared-error.ts')>({
  title: 'Mean squared error',
  functions: ['meanSquaredError'],
  hints: [
    'Read the name from its end: first the errors (prediction − target), then square each, then take their mean.',
    'Two arrays in the same order: inside `predictions.map((prediction, i) => …)` the target that belongs to it is `targets[i]`.',
    'Sum the squares `(prediction - targets[i]) ** 2` and divide the sum by `predictions.length`.',
  ],
  checks: [
    {
      title: 'Perfect predictions have no error',
      hint: 'Compare each prediction with its own target.',
      async run({ call }) {
        closeTo(await call('meanSquaredError', [3, -1, 4], [3, -1, 4]), 0, {
          because: 'every difference is 0, and so is the mean of their squares',
        });
      },
    },
    {
      title: 'Off by 2 everywhere gives 4',
      hint: 'The mean, not the sum: divide by the number of predictions.',
      async run({ call }) {
        closeTo(await call('meanSquaredError', [3, 4, 5, 6], [1, 2, 3, 4]), 4, {
          because: 'each difference is 2, each square is 4, and the mean of four 4s is 4',
        });
      },
    },
    {
      title: 'Too high and too low do not cancel',
      hint: 'A square is never negative: square each difference before you add.',
      async run({ call }) {
        const loss = number(await call('meanSquaredError', [5, -5], [0, 0]), { because: 'a loss is one number' });
        holds(loss > 0, {
          received: loss,
          expected: 'a number above 0',
          because: 'both predictions are wrong by 5, one upwards and one downwards',
        });
      },
    },
    {
      title: 'An error twice as large costs four times as much',
      hint: 'That is what squaring does: (2 · e)² = 4 · e².',
      async run({ call }) {
        const near = number(await call('meanSquaredError', [1, 2, 4], [0, 0, 0]), { because: 'a loss is one number' });
        closeTo(await call('meanSquaredError', [2, 4, 8], [0, 0, 0]), 4 * near, {
          because: 'all differences are doubled, so all squares are four times as large',
        });
      },
    },
    {
      title: 'The same data twice has the same mean',
      hint: 'Divide by the number of predictions that came in, not by a fixed number.',
      async run({ call }) {
        const once = number(await call('meanSquaredError', [1, 5], [2, 3]), { because: 'a loss is one number' });
        closeTo(await call('meanSquaredError', [1, 5, 1, 5], [2, 3, 2, 3]), once, {
          because: 'a mean does not depend on how often the whole set is repeated',
        });
        closeTo(once, 2.5, { because: '(1² + 2²) / 2 is 2.5' });
      },
    },
  ],
  mutants: [
    {
      name: 'sum instead of mean',
      explanation:
        'You return the sum of the squares. A sum grows with the number of examples, so a learning rate that suits 100 penguins would be far too large for 300. Divide by the number of examples.',
      functions: { meanSquaredError: (p, t) => sum(p.map((value, i) => (value - t[i]!) ** 2)) },
    },
    {
      name: 'square of the mean',
      explanation:
        'You take the mean first and square it afterwards. Then errors of opposite sign cancel, and a model that is wrong by +5 and −5 looks perfect. Square each difference first.',
      functions: { meanSquaredError: (p, t) => (sum(p.map((value, i) => value - t[i]!)) / p.length) ** 2 },
    },
    {
      name: 'absolute error',
      explanation:
        'That is the mean absolute error. It is a loss too, but here large errors should weigh more than in proportion: use the square in place of `Math.abs`.',
      functions: { meanSquaredError: (p, t) => sum(p.map((value, i) => Math.abs(value - t[i]!))) / p.length },
    },
    {
      name: 'difference not squared',
      explanation:
        'You average the differences as they are. Positive and negative ones cancel, and the loss can even fall below 0. Squaring makes each one count.',
      functions: { meanSquaredError: (p, t) => sum(p.map((value, i) => value - t[i]!)) / p.length },
    },
    {
      name: 'root taken',
      explanation:
        'That is the root mean squared error. It is easier to read, as it has the unit of the target, but its gradient is another one: leave the root out here.',
      functions: { meanSquaredError: (p, t) => Math.sqrt(sum(p.map((value, i) => (value - t[i]!) ** 2)) / p.length) },
    },
    {
      name: 'NaN from beyond the end',
      explanation:
        'Your loop runs one step too far: `targets[targets.length]` does not exist, its difference is NaN, and a NaN in a sum makes the whole sum NaN. Loop while `i < targets.length`.',
      functions: {
        meanSquaredError(p, t) {
          let total = 0;
          for (let i = 0; i <= t.length; i++) total += (p[i]! - t[i]!) ** 2;
          return total / t.length;
        },
      },
    },
  ],
});
