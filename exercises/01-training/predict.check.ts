import { allCloseTo, exercise } from 'learnable/grader';

export default exercise<typeof import('./predict.ts')>({
  title: 'Predict with a line',
  functions: ['predict'],
  hints: [
    'A line needs one multiplication and one addition for each input. Which of the two numbers is multiplied by x?',
    'You need as many predictions as there are inputs: `xs.map(…)` makes a new array, one item for each x.',
    'Inside the map: `x => slope * x + intercept`. Do not forget to return the whole array.',
  ],
  checks: [
    {
      title: 'With slope 0 every prediction is the intercept',
      hint: 'What is left of slope · x + intercept when the slope is 0?',
      async run({ call }) {
        allCloseTo(await call('predict', [-3, 0, 8], 0, 5), [5, 5, 5], {
          because: 'a line with slope 0 is flat: it lies at the height of its intercept everywhere',
        });
      },
    },
    {
      title: 'At x = 0 the prediction is the intercept',
      hint: 'The intercept is where the line crosses x = 0: it is added, not multiplied.',
      async run({ call }) {
        allCloseTo(await call('predict', [0], 7, -2), [-2], { because: '7 · 0 + (−2) is −2' });
      },
    },
    {
      title: 'One step to the right climbs by the slope',
      hint: 'The slope multiplies each x.',
      async run({ call }) {
        allCloseTo(await call('predict', [1, 2, 3, 4], 2.5, 1), [3.5, 6, 8.5, 11], {
          because: 'each x is 1 more than the one before it, so each prediction is one slope (2.5) more',
        });
      },
    },
    {
      title: 'No inputs, no predictions',
      hint: 'An array that is mapped keeps its length, even when that is 0.',
      async run({ call }) {
        allCloseTo(await call('predict', [], 2, 1), [], { because: 'there is one prediction for each input' });
      },
    },
  ],
  mutants: [
    {
      name: 'slope and intercept swapped',
      explanation:
        'You multiply x by the intercept and add the slope. The slope says how much the prediction changes for one unit of x, so it is what x is multiplied by.',
      functions: { predict: (xs, slope, intercept) => xs.map(x => intercept * x + slope) },
    },
    {
      name: 'intercept forgotten',
      explanation:
        'Your line always goes through the origin: the intercept is never added. A penguin with flippers of (standardised) length 0 still weighs something.',
      functions: { predict: (xs, slope) => xs.map(x => slope * x) },
    },
    {
      name: 'sum before the product',
      explanation:
        'You multiply the slope by (x + intercept). The product comes first: slope · x, and then the intercept is added once.',
      functions: { predict: (xs, slope, intercept) => xs.map(x => slope * (x + intercept)) },
    },
    {
      name: 'one number for all',
      explanation:
        'You return a single number. A model predicts for many examples at once, so the answer is an array with one prediction for each x.',
      functions: {
        predict: (xs, slope, intercept) => (slope * (xs[0] ?? 0) + intercept) as unknown as number[],
      },
    },
    {
      name: 'total instead of predictions',
      explanation:
        'Each of your items is the running total of those before it. The examples are independent of each other: a prediction depends on its own x only.',
      functions: {
        predict(xs, slope, intercept) {
          let total = 0;
          return xs.map(x => {
            total += slope * x + intercept;
            return total;
          });
        },
      },
    },
    {
      name: 'return forgotten',
      explanation:
        'Your function computes, but returns nothing. With braces after the arrow, or in a function body, a `return` is needed.',
      functions: {
        predict: (xs, slope, intercept) => {
          xs.map(x => slope * x + intercept);
          return undefined as unknown as number[];
        },
      },
    },
  ],
});
