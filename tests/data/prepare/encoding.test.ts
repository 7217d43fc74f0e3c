import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { DataFrame } from 'danfojs-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { golden, thrown } from '../fixtures.ts';

let clean: DataFrame;
let folder: string;
beforeAll(async () => {
  await tf.setBackend('cpu');
  clean = data.dropMissing(await data.load('penguins'));
  folder = await mkdtemp(join(tmpdir(), 'preparation-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The rows of `x`, which is disposed. */
const rowsOf = (prepare: data.Preparation, frame: DataFrame) => {
  const prepared = prepare(frame);
  const rows = prepared.x.arraySync();
  prepared.dispose();
  return rows;
};

const passengers = () =>
  data.frame({
    class: ['3rd', '1st', '2nd', '3rd'],
    boarded: ['1912-04-10', '1912-04-11', '1912-04-10', '1912-04-14'],
    age: [20, 40, 30, 22],
    deck: [1, 2, 1, 10],
  });

describe('ordinal encoding', () => {
  it('numbers the names in their order, as scikit-learn does', () => {
    const prepare = data.fitPreparation(clean, { features: ['island', 'sex'], categorical: 'ordinal' });
    expect(prepare.features).toEqual(['island', 'sex']);
    expect(rowsOf(prepare, clean).slice(0, 40)).toEqual(golden.ordinal);
  });

  it('takes the order that it is given, and goes back', () => {
    const encode = { class: { kind: 'ordinal', order: ['3rd', '2nd', '1st'] } } as const;
    const prepare = data.fitPreparation(passengers(), { features: ['class'], encode });
    expect(rowsOf(prepare, passengers())).toEqual([[0], [2], [1], [0]]);
    expect(data.labels(prepare.inverse([[0], [1.6], [1]]), 'class')).toEqual(['3rd', '1st', '2nd']);
    expect(prepare.inverse([[7]]).values).toEqual([[null]]);
    const short = { class: { kind: 'ordinal', order: ['1st', '2nd'] } } as const;
    expect(thrown(() => data.fitPreparation(passengers(), { features: ['class'], encode: short }))).toEqual({
      message: "fitPreparation('class'): expected one of 1st, 2nd, as { order } says, received '3rd'.",
      hint: 'Put it into the order, at its place.',
    });
  });
});

describe('encode', () => {
  it('gives single columns what they need', () => {
    const prepare = data.fitPreparation(passengers(), {
      numeric: 'none',
      encode: { deck: 'one-hot', age: 'min-max', boarded: 'date' },
    });
    expect(prepare.features).toEqual([
      'class=1st',
      'class=2nd',
      'class=3rd',
      'boarded',
      'age',
      'deck=1',
      'deck=2',
      'deck=10',
    ]);
    const [first] = rowsOf(prepare, passengers());
    expect(first).toEqual([0, 0, 1, Date.UTC(1912, 3, 10) / 86_400_000, 0, 1, 0, 0]);
  });

  it('scales days, and goes back to them exactly', () => {
    const prepare = data.fitPreparation(passengers(), { features: ['boarded'], encode: { boarded: 'date' } });
    const rows = rowsOf(prepare, passengers());
    expect(rows.flat().reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
    expect(data.labels(prepare.inverse(rows), 'boarded')).toEqual(data.labels(passengers(), 'boarded'));
    expect(thrown(() => prepare(data.frame({ boarded: ['soon'] }))).message).toContain("received 'soon'");
  });

  it('goes back to times too', () => {
    const times = data.frame({ t: ['2014-09-02T13:40:36Z', '2014-09-03T10:00:00Z'] });
    const prepare = data.fitPreparation(times, { encode: { t: 'date' } });
    expect(data.labels(prepare.inverse(rowsOf(prepare, times)), 't')).toEqual([
      '2014-09-02T13:40:36',
      '2014-09-03T10:00:00',
    ]);
  });

  it('robust scaling is moved by no outlier', () => {
    const frame = data.frame({ n: [1, 2, 3, 4, 1e9] });
    expect(rowsOf(data.fitPreparation(frame, { numeric: 'robust' }), frame).slice(0, 3)).toEqual([[-1], [-0.5], [0]]);
  });

  it('explains what it cannot do', () => {
    const preparing = (encode: object) => thrown(() => data.fitPreparation(passengers(), { encode } as never));
    expect(preparing({ clas: 'one-hot' }).hint).toBe("Did you mean 'class'?");
    expect(preparing({ class: 'onehot' }).hint).toBe("Did you mean 'one-hot'?");
    expect(preparing({ class: 'min-max' }).message).toContain("fitPreparation('class'): expected a numeric column");
    expect(preparing({ class: { kind: 'ordinal', order: ['1st', '1st'] } }).message).toBe(
      "fitPreparation({ encode: { class } }): expected an order of different values, received ['1st', '1st'].",
    );
    expect(preparing({ class: { kind: 'ordinal', oder: [] } }).hint).toBe("Did you mean 'order'?");
  });
});

describe('categories that training has not seen', () => {
  const unseen = data.frame({ class: ['crew', '1st'] });
  const fitted = (options: object) => data.fitPreparation(passengers(), { features: ['class'], ...options });

  it('are an error, unless they may be ignored', () => {
    expect(thrown(() => fitted({})(unseen))).toEqual({
      message: "prepare('class'): expected one of 1st, 2nd, 3rd, received 'crew'.",
      hint: "The training part has no such value: split with stratify, leave the column out, or say { unknown: 'ignore' }.",
    });
    const prepare = fitted({ unknown: 'ignore' });
    expect(rowsOf(prepare, unseen)).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ]);
    expect(prepare.inverse(rowsOf(prepare, unseen)).values).toEqual([[null], ['1st']]);
    expect(rowsOf(fitted({ unknown: 'ignore', categorical: 'ordinal' }), unseen)).toEqual([[-1], [0]]);
  });
});

describe('saving', () => {
  const options = {
    target: 'age',
    scaleTarget: 'standardise',
    encode: { boarded: 'date', class: { kind: 'ordinal', order: ['3rd', '2nd', '1st'] } },
  } as const;

  it('does the same after a trip through a file', async () => {
    const prepare = data.fitPreparation(passengers(), options);
    const path = join(folder, 'preparation.json');
    await prepare.save(path);
    const again = await data.loadPreparation(path);
    expect(rowsOf(again, passengers())).toEqual(rowsOf(prepare, passengers()));
    expect([again.features, again.width, again.targetScale]).toEqual([
      prepare.features,
      prepare.width,
      prepare.targetScale,
    ]);
    expect(again.inverseTarget([0, 1])).toEqual(prepare.inverseTarget([0, 1]));
    expect(again.inverse([[0, 0, 0]]).values).toEqual(prepare.inverse([[0, 0, 0]]).values);
    expect(JSON.parse(await readFile(path, 'utf8')).kind).toBe('preparation');
  });

  it('keeps the classes, and what was not learned stays undefined', () => {
    const prepare = data.fitPreparation(clean, { target: 'species' });
    const again = data.restorePreparation(JSON.parse(JSON.stringify(prepare)));
    expect([again.classes, again.targetScale]).toEqual([['Adelie', 'Chinstrap', 'Gentoo'], undefined]);
    const [one, other] = [prepare(clean), again(clean)];
    expect([...other.y!.dataSync()]).toEqual([...one.y!.dataSync()]);
    one.dispose();
    other.dispose();
    const bare = data.restorePreparation(
      JSON.parse(JSON.stringify(data.fitPreparation(data.frame({ n: [1, 2] }), {}))),
    );
    expect([bare.classes, bare.targetScale, bare(data.frame({ n: [1] })).y]).toEqual([undefined, undefined, undefined]);
  });

  it('says what is wrong with a file', async () => {
    const missing = join(folder, 'none.json');
    await expect(data.loadPreparation(missing)).rejects.toThrow(
      `loadPreparation('${missing}'): there is no such file.`,
    );
    const other = join(folder, 'other.json');
    await writeFile(other, '{"kind":"scaling"}');
    await expect(data.loadPreparation(other)).rejects.toThrow(
      `loadPreparation('${other}'): restorePreparation(saved): expected a saved preparation, received an object with kind.`,
    );
  });
});
