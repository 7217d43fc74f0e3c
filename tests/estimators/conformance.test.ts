import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, it } from 'vitest';
import { type Fitted, LearnableError } from '../../src/core/index.ts';
import { DISPLAY } from '../../src/display/channel.ts';
import { RESTORERS as SUPERVISED } from '../../src/supervised/save.ts';
import { RESTORERS as UNSUPERVISED } from '../../src/unsupervised/save.ts';
import { ENTRIES, type Entry, FEATURES } from './registry.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'learnable-estimators-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a model may be asked beside `predict`; each takes rows, or inverts what `transform` gives. */
type Asked = Fitted & Record<string, ((x: unknown) => unknown) | undefined>;
const QUESTIONS = [
  'predict',
  'transform',
  'probabilities',
  'logits',
  'logJoint',
  'nearest',
  'scores',
  'responsibilities',
];

const examplesOf = ({ x, y }: Entry) => ({ x, ...(y && { y }), features: FEATURES });

/** Everything that a fitted model says of rows, and what its file holds. */
function answers(model: Fitted, x: unknown, data?: unknown): Record<string, unknown> {
  const asked = model as Asked;
  const found: Record<string, unknown> = {};
  for (const question of QUESTIONS) if (asked[question]) found[question] = asked[question](x);
  if (asked.inverse) found.inverse = asked.inverse(asked.transform!(x));
  if (asked.score && data) found.score = asked.score(data);
  return found;
}

async function errorOf(work: () => unknown): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

async function expectError(work: () => unknown, ...parts: (string | RegExp)[]): Promise<void> {
  const error = await errorOf(work);
  expect(error).toBeInstanceOf(LearnableError);
  for (const part of parts) expect(error.message).toMatch(part);
}

describe.each(ENTRIES)('$name of $needs', entry => {
  const data = examplesOf(entry);
  const fitEntry = (changed: object = {}, more?: object) => entry.fit({ ...data, ...changed }, more);

  it('is deterministic, and says what it is', async () => {
    const [first, second] = [await fitEntry(), await fitEntry()];
    expect(first.kind).toBe(entry.name);
    expect(first.features).toEqual(FEATURES);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(answers(second, entry.x, data)).toEqual(answers(first, entry.x, data));
  });

  it('answers each row by itself, as many as there are, in plain numbers', async () => {
    const model = await fitEntry();
    const all = answers(model, entry.x, data);
    if (entry.name !== 'tsne') expect(Object.keys(all).length).toBeGreaterThan(0); // which learns places, not a rule
    expect(JSON.stringify(all)).not.toMatch(/null/); // as which JSON writes NaN
    for (const [question, answer] of Object.entries(all)) {
      if (!Array.isArray(answer)) continue;
      expect(Object.getPrototypeOf(answer)).toBe(Array.prototype);
      expect(answer).toHaveLength(entry.x.length);
      const [alone] = answers(model, [entry.x[7]])[question] as unknown[];
      expect(alone).toEqual(answer[7]);
    }
  });

  it('leaves its inputs as they were', async () => {
    const copy = structuredClone(data);
    const model = await fitEntry();
    answers(model, data.x, data);
    expect(data).toEqual(copy);
    const x = tf.tensor2d(entry.x);
    const before = x.dataSync().slice();
    answers(await fitEntry({ x }), x);
    expect(x.isDisposed).toBe(false);
    expect(x.dataSync()).toEqual(before);
    x.dispose();
  });

  it('takes tensors, lists, typed arrays, prepared data and frames alike, and leaks no tensor', async () => {
    const expected = JSON.stringify(await fitEntry());
    const x = tf.tensor2d(entry.x);
    const names = entry.y && [...new Set(entry.y)].sort();
    const prepared =
      entry.needs === 'classes'
        ? {
            y: tf.tensor1d(
              entry.y!.map(label => names!.indexOf(label)),
              'int32',
            ),
            classes: names as string[],
          }
        : {};
    const tensors = tf.memory().numTensors;
    for (const given of [
      { x },
      { x, ...prepared },
      { x: entry.x.map(row => Float32Array.from(row)) },
      { x: { columns: FEATURES, values: entry.x }, features: undefined },
    ]) {
      const model = await fitEntry(given);
      expect(JSON.stringify(model)).toBe(expected);
      const asked = { ...data, ...given };
      expect(answers(model, asked, asked)).toEqual(answers(model, entry.x, data));
    }
    expect(tf.memory().numTensors).toBe(tensors);
    tf.dispose([x, prepared.y ?? []]);
  });

  it('numbers the columns that nobody named', async () => {
    const model = await fitEntry({ features: undefined });
    expect(model.features).toEqual(['x0', 'x1', 'x2', 'x3']);
  });

  it('cannot be changed', async () => {
    const walk = (value: unknown, place: string): void => {
      if (value === null || typeof value !== 'object') return;
      expect(Object.isFrozen(value), place).toBe(true);
      for (const [key, part] of Object.entries(value)) walk(part, `${place}.${key}`);
    };
    walk(await fitEntry(), 'model');
  });

  it('shows itself in words', async () => {
    const model = await fitEntry();
    const text = String((model[DISPLAY]() as Record<string, unknown>)['text/plain']);
    expect(text.length).toBeGreaterThan(10);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    expect(inspect(model)).toBe(text);
  });

  it('comes back from its file as it was', async () => {
    const model = await fitEntry();
    const file = path.join(folder, 'deep', `${entry.name}.json`);
    await entry.save(model, file);
    const again = await entry.load(file);
    expect(again.toJSON()).toEqual(model.toJSON());
    expect(answers(again, entry.x, data)).toEqual(answers(model, entry.x, data));
    const members = (value: object) => Object.keys(value).sort();
    expect(members(again)).toEqual(members(model));
  });

  it('refuses a file that lacks a field, or in which one was spoilt', async () => {
    const saved = (await fitEntry()).toJSON() as unknown as Record<string, unknown>;
    const file = path.join(folder, 'spoilt.json');
    for (const field of Object.keys(saved)) {
      for (const wrong of [undefined, 'spoilt', { spoilt: true }]) {
        writeFileSync(file, JSON.stringify({ ...saved, [field]: wrong }));
        if (wrong === 'spoilt' && saved[field] === 'spoilt') continue;
        await expectError(() => entry.load(file), /spoilt\.json|load/);
      }
      const value = saved[field];
      if (!Array.isArray(value) || value.length < 2 || entry.anyLength?.includes(field)) continue;
      writeFileSync(file, JSON.stringify({ ...saved, [field]: value.slice(1) }));
      await expectError(() => entry.load(file), 'spoilt.json');
    }
  });

  it('refuses what is empty', async () => {
    await expectError(() => fitEntry({ x: [], y: [] }), 'expected at least one row, received none');
    await expectError(() => fitEntry({ x: entry.x.map(() => []), features: undefined }), 'at least one number a row');
    const x = tf.tensor2d([], [0, 4]);
    await expectError(() => fitEntry({ x, y: [] }), 'expected at least one row, received none');
    x.dispose();
  });

  it('refuses NaN and infinities, and says where the first one is', async () => {
    const x = entry.x.map(row => [...row]);
    x[5]![2] = Number.NaN;
    x[9]![0] = Number.POSITIVE_INFINITY;
    await expectError(
      () => fitEntry({ x }),
      "expected finite numbers, received 2 of 240 that are not, the first one NaN in row 5, 'height'",
    );
    const model = await fitEntry();
    for (const question of QUESTIONS) {
      const ask = (model as Asked)[question];
      if (ask) await expectError(() => ask([[1, 2, Number.NaN, 4]]), `model.${question}(x): expected finite numbers`);
    }
  });

  it('refuses what is not rows of numbers', async () => {
    const vector = tf.tensor1d([1, 2, 3]);
    const ragged = [...entry.x.slice(1), [1, 2]];
    await expectError(() => fitEntry({ x: vector }), 'tensor of shape [rows, columns], received a tensor of shape [3]');
    await expectError(() => fitEntry({ x: ragged }), 'rows of 4 numbers, as the first one has, received 2 in row 59');
    await expectError(
      () => fitEntry({ x: entry.x.map(() => 'row') }),
      "each a list of numbers, received 'row' as row 0",
    );
    await expectError(
      () => fitEntry({ x: [['a', 'b', 'c', 'd']], y: [1] }),
      "expected numbers, received 'a' in row 0, column 0",
    );
    await expectError(() => fitEntry({ x: Promise.resolve() }), 'received a promise');
    await expectError(() => fitEntry({ features: ['one'] }), 'expected 4 names, one for each column, received 1');
    await expectError(() => entry.fit(undefined as never), 'received undefined');
    vector.dispose();
    await expectError(() => fitEntry({ x: vector }), /disposed|shape/);
    const matrix = tf.tensor2d(entry.x);
    matrix.dispose();
    await expectError(() => fitEntry({ x: matrix }), 'the tensor was disposed before');
  });

  it('refuses rows that it was not fitted for', async () => {
    const model = await fitEntry();
    const swapped = { x: entry.x, features: ['width', 'length', 'height', 'mass'] };
    for (const question of QUESTIONS) {
      const ask = (model as Asked)[question];
      if (!ask) continue;
      await expectError(
        () => ask([[1, 2]]),
        `model.${question}(x): expected rows of 4 numbers (length, width, height, mass), as in fitting, received rows of 2`,
      );
      await expectError(() => ask(swapped), "expected 'length' as column 0, as in fitting, received 'width'");
      await expectError(() => ask([]), 'expected at least one row, received none');
      await expectError(() => ask([1, 2, 3, 4]), 'each a list of numbers, received 1 as row 0');
    }
  });

  it('refuses options that it does not have', async () => {
    await expectError(() => fitEntry({}, { colour: 1 }), /expected options among .+, received 'colour'/);
  });

  if (entry.needs !== 'nothing')
    it('refuses targets that do not fit', async () => {
      await expectError(() => fitEntry({ y: undefined }), 'y: expected a target for each row, received none');
      await expectError(
        () => fitEntry({ y: entry.y!.slice(1) }),
        'y: expected 60 targets, as x has that many rows, received 59',
      );
      await expectError(() => fitEntry({ y: 'names' }), 'y: expected a list with one target a row');
      await expectError(
        () => fitEntry({ y: [...entry.y!.slice(1), null] }),
        /y: expected .+ received null at position 59/,
      );
      const matrix = tf.ones([60, 2]);
      await expectError(() => fitEntry({ y: matrix }), 'received a tensor of shape [60, 2] that is not one-hot');
      matrix.dispose();
    });

  if (entry.needs === 'numbers')
    it('refuses names and missing numbers to predict', async () => {
      await expectError(
        () => fitEntry({ y: entry.y!.map(String) }),
        "expected numbers to predict, received names such as '",
      );
      const y = [...entry.y!];
      y[3] = Number.NaN;
      await expectError(() => fitEntry({ y }), 'y: expected finite numbers, received NaN at position 3');
    });

  if (entry.needs === 'classes') {
    it('refuses one class, and numbers that are none', async () => {
      const y = entry.y!.map(() => 'ash');
      await expectError(() => fitEntry({ y }), "y: expected at least 2 classes, received 1 alone: 'ash'");
      const halves = entry.x.map((_, row) => row / 2);
      await expectError(() => fitEntry({ y: halves }), 'expected class numbers or names, received 0.5 at position 1');
      const numbers = entry.y!.map(() => 7);
      await expectError(
        () => fitEntry({ y: numbers, classes: ['a', 'b'] }),
        'expected class numbers from 0 to 1, received 7 at position 0',
      );
      await expectError(
        () => fitEntry({ classes: ['a', 'b'] }),
        "expected one of the classes a, b, received 'ash' at position 0",
      );
    });

    it('names classes as they were given: by names, by numbers, one-hot, by their own names', async () => {
      const names = [...new Set(entry.y!)].sort() as string[];
      const places = entry.y!.map(label => names.indexOf(label as string));
      const byName = (await fitEntry()) as Asked & { classes: unknown };
      expect(byName.classes).toEqual(names);
      const predicted = byName.predict!(entry.x);
      const byNumber = (await fitEntry({ y: places })) as Asked & { classes: unknown };
      expect(byNumber.classes).toEqual(names.map((_, place) => place));
      expect((byNumber.predict!(entry.x) as number[]).map(place => names[place])).toEqual(predicted);
      const y = tf.oneHot(tf.tensor1d(places, 'int32'), names.length + 1);
      const byHot = (await fitEntry({ y, classes: [...names, 'unseen'] })) as Asked & { classes: unknown };
      expect(byHot.classes).toEqual(names);
      expect(byHot.predict!(entry.x)).toEqual(predicted);
      tf.dispose(y);
    });
  }
});

it('every kind of model that can be loaded is here', () => {
  const kinds = [...Object.keys(SUPERVISED), ...Object.keys(UNSUPERVISED)];
  expect([...new Set(ENTRIES.map(entry => entry.name))].sort()).toEqual(kinds.sort());
});
