import * as tf from '@tensorflow/tfjs';
import type { DataFrame } from 'danfojs-node';
import { beforeAll, describe, expect, it } from 'vitest';
import * as data from '../../../src/data/index.ts';
import { golden, thrown } from '../fixtures.ts';

let clean: DataFrame;
beforeAll(async () => {
  await tf.setBackend('cpu');
  clean = data.dropMissing(await data.load('penguins'));
});

describe('fitPreparation', () => {
  it('encodes names as pandas does', () => {
    const prepare = data.fitPreparation(clean, { features: ['island', 'sex'], target: 'species' });
    expect(prepare.features).toEqual(golden.dummyNames);
    const prepared = prepare(clean);
    const rows = prepared.x.arraySync();
    expect([0, 1, 150, 332].map(row => rows[row])).toEqual(golden.dummies);
    prepared.dispose();
  });

  it('scales numbers and numbers the classes', () => {
    const prepare = data.fitPreparation(clean, { target: 'species', features: ['body_mass_g', 'bill_depth_mm'] });
    const prepared = prepare(clean);
    const { mean, variance } = tf.moments(prepared.x, 0);
    for (const value of mean.dataSync()) expect(value).toBeCloseTo(0, 4);
    for (const value of variance.dataSync()) expect(value).toBeCloseTo(1, 4);
    expect([prepare.width, prepare.classes]).toEqual([2, ['Adelie', 'Chinstrap', 'Gentoo']]);
    expect(prepared.x.shape).toEqual([333, 2]);
    expect(prepared.y!.dtype).toBe('int32');
    const names = Array.from(prepared.y!.dataSync(), number => prepare.classes![number]);
    expect(names).toEqual(data.labels(clean, 'species'));
    prepared.dispose();
  });

  it('scales by the training part, not by what it is given', () => {
    const prepare = data.fitPreparation(data.frame({ n: [0, 10], y: [1, 2] }), { numeric: 'min-max', target: 'y' });
    const prepared = prepare(data.frame({ n: [20, -10] }));
    expect(prepared.x.arraySync()).toEqual([[2], [-1]]);
    expect(prepared.y).toBeUndefined();
    prepared.dispose();
  });

  it('leaves a target of numbers as it is, unless classification is asked for', () => {
    const frame = data.frame({ n: [1, 2, 3], y: [10, 2, 10] });
    const regression = data.fitPreparation(frame, { target: 'y', numeric: 'none' })(frame);
    expect(regression.y!.arraySync()).toEqual([[10], [2], [10]]);
    expect(regression.classes).toBeUndefined();
    const classification = data.fitPreparation(frame, { target: 'y', task: 'classification' })(frame);
    expect(classification.classes).toEqual(['2', '10']);
    expect(Array.from(classification.y!.dataSync())).toEqual([1, 0, 1]);
    tf.dispose([regression.x, regression.y!, classification.x, classification.y!]);
  });

  it('scales a target of numbers by the training part, and goes back', () => {
    const fitting = data.frame({ n: [1, 2, 3], mass: [3000, 4000, 5000] });
    const prepare = data.fitPreparation(fitting, { target: 'mass', scaleTarget: 'min-max' });
    const prepared = prepare(data.frame({ n: [1, 2], mass: [3500, 6000] }));
    expect(prepared.y!.arraySync()).toEqual([[0.25], [1.5]]);
    expect(prepare.targetScale).toEqual({ shift: 3000, spread: 2000 });
    for (const y of [prepared.y!, [0.25, 1.5], [[0.25], [1.5]], Float32Array.of(0.25, 1.5)])
      expect(prepare.inverseTarget(y)).toEqual([3500, 6000]);
    prepared.dispose();

    const standard = data.fitPreparation(clean, { target: 'body_mass_g', scaleTarget: 'standardise' });
    const { y, dispose } = standard(clean);
    const { mean, variance } = tf.moments(y!);
    expect(mean.dataSync()[0]).toBeCloseTo(0, 4);
    expect(variance.dataSync()[0]).toBeCloseTo(1, 4);
    standard.inverseTarget(y!).forEach((mass, row) => {
      expect(mass).toBeCloseTo(data.column(clean, 'body_mass_g')[row]!, 2);
    });
    dispose();
  });

  it('goes back from a target that was not scaled, to the same numbers', () => {
    const prepare = data.fitPreparation(data.frame({ n: [1, 2], y: [10, 20] }), { target: 'y' });
    expect(prepare.inverseTarget([10, 15])).toEqual([10, 15]);
    expect(prepare.targetScale).toEqual({ shift: 0, spread: 1 });
  });

  it('goes back to the units of before', () => {
    const prepare = data.fitPreparation(clean, { target: 'species' });
    const prepared = prepare(clean);
    const back = prepare.inverse(prepared.x);
    expect(back.columns).toEqual([
      'island',
      'bill_length_mm',
      'bill_depth_mm',
      'flipper_length_mm',
      'body_mass_g',
      'sex',
      'year',
    ]);
    expect(data.labels(back, 'sex')).toEqual(data.labels(clean, 'sex'));
    data.column(back, 'body_mass_g').forEach((mass, row) => {
      expect(mass).toBeCloseTo(data.column(clean, 'body_mass_g')[row]!, 1);
    });
    prepared.dispose();
  });

  it('leaks no tensor', () => {
    const before = tf.memory().numTensors;
    const prepare = data.fitPreparation(clean, { target: 'species' });
    const prepared = prepare(clean);
    expect(tf.memory().numTensors).toBe(before + 2);
    prepare.inverse(prepared.x);
    prepared.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('explains what it cannot do', () => {
    const preparing = (options: object) => () => data.fitPreparation(clean, options);
    expect(thrown(preparing({ target: 'specie' })).hint).toBe("Did you mean 'species'?");
    expect(thrown(preparing({ target: 'species', numeric: 'standardize' })).hint).toBe("Did you mean 'standardise'?");
    expect(thrown(preparing({ target: 'species', features: ['species', 'sex'] })).message).toBe(
      "fitPreparation({ features }): expected columns without the target, received ['species', 'sex'].",
    );
    expect(thrown(preparing({ features: [] })).message).toBe(
      'fitPreparation({ features }): expected at least one column, received none.',
    );
    const scaled = thrown(preparing({ target: 'species', scaleTarget: 'standardise' }));
    expect(scaled.message).toBe(
      "fitPreparation({ scaleTarget }): expected a target of numbers, received 'species', which holds classes.",
    );
    expect(scaled.hint).toBe('Classes are numbered, not scaled: leave scaleTarget out.');
    expect(thrown(preparing({ scaleTarget: 'min-max' })).message).toBe(
      'fitPreparation({ scaleTarget }): expected a target of numbers, received no target.',
    );
    expect(thrown(preparing({ target: 'body_mass_g', scaleTarget: 'minmax' })).hint).toBe("Did you mean 'min-max'?");
    const bySpecies = data.fitPreparation(clean, { target: 'species' });
    expect(thrown(() => bySpecies.inverseTarget([1])).message).toBe(
      'prepare.inverseTarget(y): there is no target of numbers to go back to.',
    );
    const prepare = data.fitPreparation(data.frame({ t: ['a', 'b'], n: [1, 2] }), { target: 'n' });
    expect(thrown(() => prepare.inverseTarget([[1, 2]])).message).toBe(
      'prepare.inverseTarget(y): expected one number a row, received [1, 2].',
    );
    expect(thrown(() => prepare(data.frame({ t: ['c'], n: [1] }))).message).toBe(
      "prepare('t'): expected one of a, b, received 'c'.",
    );
    expect(thrown(() => prepare(data.frame({ t: [null], n: [1] }))).message).toBe(
      "prepare('t'): expected no missing values in 't', received 1 of 1, the first one in row 0.",
    );
    expect(thrown(() => prepare.inverse([[1]])).message).toContain('prepare.inverse(x): expected shape [any, 2]');
  });

  it('refuses to encode a column of names and texts', async () => {
    const raw = data.dropMissing(await data.load('penguins-raw'), ['Sex']);
    const frame = data.frame({
      id: Array.from({ length: 300 }, (_, n) => `bird ${n}`),
      y: Array.from({ length: 300 }, (_, n) => n),
    });
    expect(thrown(() => data.fitPreparation(frame, { target: 'y' })).message).toBe(
      "fitPreparation('id'): expected at most 200 different values to encode one-hot, received 300, such as 'bird 0'.",
    );
    expect(raw.shape[0]).toBe(333);
  });
});
