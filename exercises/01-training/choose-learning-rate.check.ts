import { exercise, holds, number } from 'learnable/grader';

const xs = [-1.4, -0.7, 0, 0.7, 1.4];
const ys = [-3.1, -1.2, 0.9, 2.8, 5.1];

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function train(rate: number, inputs: number[], targets: number[], steps: number, line = { slope: 0, intercept: 0 }) {
  for (let step = 0; step < steps; step++) {
    const errors = inputs.map((x, i) => line.slope * x + line.intercept - targets[i]!);
    line.slope -= rate * 2 * mean(errors.map((error, i) => error * inputs[i]!));
    line.intercept -= rate * 2 * mean(errors);
  }
  return mean(inputs.map((x, i) => (line.slope * x + line.intercept - targets[i]!) ** 2));
}

const trained = (rates: number[], inputs: number[], targets: number[], steps: number) =>
  rates.map(rate => train(rate, inputs, targets, steps));

/** The rate is among the candidates, and no other candidate ends with a smaller loss. */
function isBest(answer: unknown, rates: number[], steps: number, because: string): void {
  const rate = number(answer, { because: 'a learning rate is a number' });
  holds(rates.includes(rate), {
    received: rate,
    expected: `one of the candidates ${rates.join(', ')}`,
    because: 'the answer is the learning rate itself: not its loss, not its position',
  });
  const losses = trained(rates, xs, ys, steps);
  const smallest = Math.min(...losses.filter(Number.isFinite));
  holds(losses[rates.indexOf(rate)]! <= smallest * (1 + 1e-9), {
    received: rate,
    expected: String(rates[losses.indexOf(smallest)]),
    because: `${because}; after ${steps} steps the losses are ${losses.map((loss, i) => `${loss.toPrecision(3)} (with ${rates[i]})`).join(', ')}`,
  });
}

export default exercise<typeof import('./choose-learning-rate.ts')>({
  title: 'Choose a learning rate',
  functions: ['chooseLearningRate'],
  hints: [
    'You cannot know a good learning rate beforehand: try each candidate, from the same start, and compare how far it came.',
    'Two loops: the outer one over the candidates, the inner one over the steps. Which variables have to start anew for each candidate?',
    'Set slope and intercept to 0 inside the outer loop, train, compute the loss, and keep the candidate if `loss < bestLoss`, which began at Infinity.',
  ],
  checks: [
    {
      title: 'A crawl loses against a good pace',
      hint: 'With very small steps the line has hardly moved when the steps are used up.',
      async run({ call }) {
        isBest(
          await call('chooseLearningRate', [0.0001, 0.1], xs, ys, 50),
          [0.0001, 0.1],
          50,
          'the smaller rate hardly moves',
        );
      },
    },
    {
      title: 'A rate that diverges never wins',
      hint: 'The loss of a run that diverged is huge, Infinity or NaN. What does `NaN < best` give? And `best < NaN`?',
      async run({ call }) {
        const rates = [5, 0.1, 0.01];
        isBest(
          await call('chooseLearningRate', rates, xs, ys, 2000),
          rates,
          2000,
          'with 5 each step overshoots more than the one before',
        );
      },
    },
    {
      title: 'The best may stand in the middle',
      hint: 'Neither the smallest nor the largest rate is best by itself: compare the losses.',
      async run({ call }) {
        const rates = [0.001, 0.3, 1.2];
        isBest(await call('chooseLearningRate', rates, xs, ys, 20), rates, 20, 'the first crawls, the last overshoots');
      },
    },
    {
      title: 'Every candidate starts anew',
      hint: 'If a candidate goes on from where the one before it stopped, the last one has an unfair head start.',
      async run({ call }) {
        const rates = [0.2, 0.05, 0.01];
        isBest(
          await call('chooseLearningRate', rates, xs, ys, 10),
          rates,
          10,
          'all candidates start from slope 0 and intercept 0',
        );
      },
    },
    {
      title: 'The order of the candidates does not matter',
      hint: 'Keep the best that you have seen so far, not the first or the last.',
      async run({ call }) {
        for (const rates of [
          [0.01, 0.05, 0.2],
          [0.2, 0.01, 0.05],
        ]) {
          isBest(
            await call('chooseLearningRate', rates, xs, ys, 10),
            rates,
            10,
            'it is the same competition in another order',
          );
        }
      },
    },
  ],
  mutants: [
    {
      name: 'the largest',
      explanation:
        'You always return the largest rate. Larger steps arrive sooner only up to a point: beyond it each step overshoots the valley and the loss grows.',
      functions: { chooseLearningRate: rates => Math.max(...rates) },
    },
    {
      name: 'the smallest',
      explanation:
        'You always return the smallest rate. It is safe, but within a limited number of steps it hardly gets anywhere.',
      functions: { chooseLearningRate: rates => Math.min(...rates) },
    },
    {
      name: 'NaN stays the best',
      explanation:
        'The first run diverged, and its loss is NaN. Every comparison with NaN is false, so nothing ever replaces it. Begin with a best loss of Infinity, and take a candidate only if its loss is smaller.',
      functions: {
        chooseLearningRate(rates, inputs, targets, steps) {
          const losses = trained(rates, inputs, targets, steps);
          let best = 0;
          losses.forEach((loss, i) => {
            if (loss < losses[best]!) best = i;
          });
          return rates[best]!;
        },
      },
    },
    {
      name: 'parameters carried over',
      explanation:
        'Slope and intercept are set to 0 once, before the loop over the candidates. So each candidate goes on where the last one stopped, and the last has the best start. Begin anew inside the loop.',
      functions: {
        chooseLearningRate(rates, inputs, targets, steps) {
          const line = { slope: 0, intercept: 0 };
          const losses = rates.map(rate => train(rate, inputs, targets, steps, line));
          const smallest = Math.min(...losses.filter(Number.isFinite));
          return rates[losses.indexOf(smallest)] ?? rates[0]!;
        },
      },
    },
    {
      name: 'the loss itself',
      explanation:
        'You return the smallest loss. The question is which learning rate led to it: remember both together.',
      functions: {
        chooseLearningRate: (rates, inputs, targets, steps) =>
          Math.min(...trained(rates, inputs, targets, steps).filter(Number.isFinite)),
      },
    },
    {
      name: 'the position',
      explanation:
        'You return the position of the best candidate in the array. Use it to look the rate up: `candidates[position]`.',
      functions: {
        chooseLearningRate(rates, inputs, targets, steps) {
          const losses = trained(rates, inputs, targets, steps);
          return losses.indexOf(Math.min(...losses.filter(Number.isFinite)));
        },
      },
    },
    {
      name: 'the worst',
      explanation:
        'You keep the candidate with the largest loss. A loss says how wrong the line is: the smaller, the better.',
      functions: {
        chooseLearningRate(rates, inputs, targets, steps) {
          const losses = trained(rates, inputs, targets, steps).map(loss => (Number.isFinite(loss) ? loss : Infinity));
          return rates[losses.indexOf(Math.max(...losses))]!;
        },
      },
    },
  ],
});
