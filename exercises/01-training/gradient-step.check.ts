import { exercise, fields, fieldsCloseTo, holds } from 'learnable/grader';

interface Line {
  slope: number;
  intercept: number;
}

const xs = [-1.5, -0.5, 0.25, 1, 2];
const ys = [-2, 0.5, 1, 2.5, 6];
const start: Line = { slope: 0.5, intercept: -1 };

function loss(line: Line): number {
  return xs.reduce((sum, x, i) => sum + (line.slope * x + line.intercept - ys[i]!) ** 2, 0) / xs.length;
}

/** The derivatives from two nearby losses: slow, but independent of any formula. */
function numericalGradient({ slope, intercept }: Line): Line {
  const h = 1e-5;
  return {
    slope: (loss({ slope: slope + h, intercept }) - loss({ slope: slope - h, intercept })) / (2 * h),
    intercept: (loss({ slope, intercept: intercept + h }) - loss({ slope, intercept: intercept - h })) / (2 * h),
  };
}

/** Wrong steps differ from the right one in one place; each says which. */
function step(
  change: Partial<{ factor: number; mean: boolean; error(predicted: number, y: number): number; sign: number }>,
) {
  const { factor = 2, mean = true, error = (predicted, y) => predicted - y, sign = -1 } = change;
  return (line: Line, inputs: number[], targets: number[], rate: number): Line => {
    const n = mean ? inputs.length : 1;
    const errors = inputs.map((x, i) => error(line.slope * x + line.intercept, targets[i]!));
    const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / n;
    return {
      slope: line.slope + sign * rate * factor * total(errors.map((e, i) => e * inputs[i]!)),
      intercept: line.intercept + sign * rate * factor * total(errors),
    };
  };
}
const right = step({});

export default exercise<typeof import('./gradient-step.ts')>({
  title: 'One gradient step',
  functions: ['gradientStep'],
  hints: [
    'Two parameters, two derivatives: how does the loss change with the slope, and how with the intercept? Both begin with the errors.',
    'With error = prediction − y, the derivative by the slope is the mean of 2 · error · x, and that by the intercept is the mean of 2 · error.',
    'Compute both derivatives from the old line, then return `{ slope: line.slope - learningRate * slopeGradient, intercept: … }`.',
  ],
  checks: [
    {
      title: 'A learning rate of 0 changes nothing',
      hint: 'The step is learningRate · gradient, taken from the old parameters.',
      async run({ call }) {
        fieldsCloseTo(
          await call('gradientStep', start, xs, ys, 0),
          { ...start },
          {
            because: 'a step of length 0 stays where it is',
          },
        );
      },
    },
    {
      title: 'A perfect line stays where it is',
      hint: 'Every error is 0 there. Does anything else than the errors enter your gradient?',
      async run({ call }) {
        const answer = await call('gradientStep', { slope: 2, intercept: 1 }, [0, 1, 2], [1, 3, 5], 0.1);
        fieldsCloseTo(answer, { slope: 2, intercept: 1 }, { because: 'all errors are 0, so both derivatives are 0' });
      },
    },
    {
      title: 'A small step makes the loss smaller',
      hint: 'The gradient points uphill. Which way do you go?',
      async run({ call }) {
        const after = fields(await call('gradientStep', start, xs, ys, 0.01), ['slope', 'intercept'], {
          because: 'a step gives a new line',
        });
        holds(loss(after) < loss(start), {
          received: after,
          expected: 'a line with a smaller loss',
          because: `the loss was ${loss(start).toFixed(4)} before the step and is ${loss(after).toFixed(4)} after it`,
        });
      },
    },
    {
      title: 'The step follows the derivative, measured numerically',
      hint: 'The derivative of a square brings a factor 2; the loss is a mean, so its derivative is a mean too.',
      async run({ call }) {
        const gradient = numericalGradient(start);
        const expected = {
          slope: start.slope - 0.1 * gradient.slope,
          intercept: start.intercept - 0.1 * gradient.intercept,
        };
        fieldsCloseTo(await call('gradientStep', start, xs, ys, 0.1), expected, {
          because: `measured from losses at nearby lines, the derivatives are ${gradient.slope.toFixed(4)} (slope) and ${gradient.intercept.toFixed(4)} (intercept)`,
          tolerance: 1e-5,
        });
      },
    },
    {
      title: 'Ten times the learning rate is ten times the step',
      hint: 'The learning rate multiplies the gradient, once, for both parameters.',
      async run({ call }) {
        const names = ['slope', 'intercept'] as const;
        const near = fields(await call('gradientStep', start, xs, ys, 0.02), names, { because: 'a step gives a line' });
        fieldsCloseTo(
          await call('gradientStep', start, xs, ys, 0.2),
          {
            slope: start.slope + 10 * (near.slope - start.slope),
            intercept: start.intercept + 10 * (near.intercept - start.intercept),
          },
          { because: 'the gradient at the same line is the same: only the length of the step differs' },
        );
      },
    },
  ],
  mutants: [
    {
      name: 'uphill',
      explanation:
        'You add the gradient. It points to where the loss grows fastest; to make the loss smaller, go the other way: subtract it.',
      functions: { gradientStep: step({ sign: 1 }) },
    },
    {
      name: 'factor 2 forgotten',
      explanation:
        'Your gradient is half as long as it should be: the derivative of error² is 2 · error. Training would still work, but with half the learning rate that you think you chose.',
      functions: { gradientStep: step({ factor: 1 }) },
    },
    {
      name: 'sum instead of mean',
      explanation:
        'You add the contributions of all examples without dividing by their number. The loss is a mean, so its derivative is one too; with a sum, the step grows with the size of the data.',
      functions: { gradientStep: step({ mean: false }) },
    },
    {
      name: 'input forgotten',
      explanation:
        'Your derivative by the slope lacks the factor x. The slope acts through slope · x, so by the chain rule its derivative is 2 · error · x.',
      functions: {
        gradientStep(line, inputs, targets, rate) {
          const { intercept } = right(line, inputs, targets, rate);
          return { slope: line.slope + intercept - line.intercept, intercept };
        },
      },
    },
    {
      name: 'one parameter after the other',
      explanation:
        'You change the slope first and compute the derivative by the intercept with the new slope. Both derivatives belong to the same point: compute both, and then change both.',
      functions: {
        gradientStep(line, inputs, targets, rate) {
          const { slope } = right(line, inputs, targets, rate);
          return { slope, intercept: right({ ...line, slope }, inputs, targets, rate).intercept };
        },
      },
    },
    {
      name: 'intercept never moves',
      explanation:
        'Only the slope changes in your step. The intercept is a parameter too, with a derivative of its own: the mean of 2 · error.',
      functions: {
        gradientStep: (line, inputs, targets, rate) => ({
          slope: right(line, inputs, targets, rate).slope,
          intercept: line.intercept,
        }),
      },
    },
    {
      name: 'gradient returned',
      explanation:
        'You return the gradient itself. A step returns the new parameters: the old ones minus the learning rate times the gradient.',
      functions: {
        gradientStep(line, inputs, targets) {
          const after = right(line, inputs, targets, 1);
          return { slope: line.slope - after.slope, intercept: line.intercept - after.intercept };
        },
      },
    },
  ],
});
