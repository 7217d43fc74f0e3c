import { describe, expect, it } from 'vitest';
import { axisLabel, sentence, withoutUnit } from '../../src/plot/labels.ts';

describe('axisLabel', () => {
  it.each([
    ['flipper_length_mm', 'flipper length (mm)'],
    ['heart_rate_hz', 'heart rate (Hz)'],
    ['home_island', 'home island'],
    ['species', 'species'],
    ['g', 'g'],
    ['bodyMass', 'bodyMass'],
    ['Culmen Length (mm)', 'Culmen Length (mm)'],
    ['_private', '_private'],
    ['<b>_g', '<b>_g'],
    ['', ''],
  ])('%s → %s', (column, label) => expect(axisLabel(column)).toBe(label));
});

it('a sentence leaves the unit out and begins with a capital, if with a word', () => {
  expect(withoutUnit('flipper length (mm)')).toBe('flipper length');
  expect(withoutUnit('f(x)')).toBe('f(x)');
  expect([sentence('body mass'), sentence('y'), sentence('pH'), sentence('Éclair')]).toEqual([
    'Body mass',
    'y',
    'pH',
    'Éclair',
  ]);
});
