import { expect, test } from 'vitest';
import {
  assertFinite,
  assertInteger,
  assertKeys,
  assertNumber,
  assertOneOf,
  assertShape,
  type LearnableError,
  matchesShape,
} from '../../src/core/index.ts';

function errorOf(run: () => void): LearnableError {
  try {
    run();
  } catch (error) {
    return error as LearnableError;
  }
  throw new Error('nothing was thrown');
}

test('shapes match where the pattern has a number, and anything where it has null', () => {
  expect(matchesShape([4, 3], [null, 3])).toBe(true);
  expect(matchesShape([4, 2], [null, 3])).toBe(false);
  expect(matchesShape([4], [null, 3])).toBe(false);
  expect(() => assertShape('fit', { shape: [4, 3] }, [null, 3])).not.toThrow();
  const error = errorOf(() => assertShape('fit', { shape: [4, 2] }, [null, 3], 'Add a column.'));
  expect(error.message).toBe('fit: expected shape [any, 3], received shape [4, 2].');
  expect(error.hint).toBe('Add a column.');
});

test('numbers that are not finite are counted and located', () => {
  expect(() => assertFinite('x', [1, 2, -3])).not.toThrow();
  expect(errorOf(() => assertFinite('x', [1, Number.NaN, Number.POSITIVE_INFINITY])).message).toBe(
    'x: expected finite numbers, received 2 of 3 that are not, the first one NaN at position 1.',
  );
});

test.each([
  [() => assertInteger('epochs', 2.5, { min: 1 }), 'epochs: expected a whole number from 1, received 2.5.'],
  [() => assertInteger('epochs', '3'), "epochs: expected a whole number, received '3'."],
  [() => assertNumber('rate', 0, { min: 0, aboveMin: true }), 'rate: expected a number above 0, received 0.'],
  [() => assertNumber('share', 2, { min: 0, max: 1 }), 'share: expected a number from 0 to 1, received 2.'],
  [
    () => assertNumber('share', 0, { min: 0, max: 1, aboveMin: true }),
    'share: expected a number above 0 and up to 1, received 0.',
  ],
  [() => assertNumber('rate', Number.NaN), 'rate: expected a number, received NaN.'],
])('%# bounds are quoted', (run, message) => {
  expect(errorOf(run).message).toBe(message);
});

test('values inside their bounds pass', () => {
  assertInteger('epochs', 1, { min: 1 });
  assertNumber('share', 1, { min: 0, max: 1 });
  assertOneOf('task', 'binary', ['binary', 'regression']);
  assertKeys('fit', { epochs: 1 }, ['epochs']);
});

test('a misspelt choice or option gets the nearest one', () => {
  const choice = errorOf(() => assertOneOf('task', 'regresion', ['binary', 'regression']));
  expect(choice.message).toBe("task: expected one of 'binary', 'regression', received 'regresion'.");
  expect(choice.hint).toBe("Did you mean 'regression'?");
  expect(errorOf(() => assertOneOf('task', 7, ['binary'])).hint).toBeUndefined();
  const option = errorOf(() => assertKeys('fit', { epoch: 1 }, ['epochs', 'seed']));
  expect(option.message).toBe("fit: expected options among epochs, seed, received 'epoch'.");
  expect(option.hint).toBe("Did you mean 'epochs'?");
  expect(errorOf(() => assertKeys('fit', 3, [])).message).toBe('fit: expected an object of options, received 3.');
});
