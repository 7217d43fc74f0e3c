import * as tf from '@tensorflow/tfjs';
import type { DataFrame } from 'danfojs-node';
import {
  assertOneOf,
  columnNumbers,
  columnValues,
  describe,
  kindOf,
  LearnableError,
  mismatch,
} from '../../core/index.ts';
import { assertComplete } from '../assert.ts';
import { labels } from '../matrix.ts';
import { missingPositions } from '../missing.ts';
import { applyScale, fitScale, invertScale, NO_SCALE, SCALING_KINDS, type Scale, type ScalingKind } from './scale.ts';

/** A target or predictions of it: (rows) or (rows, 1). */
export type TargetValues = tf.Tensor | readonly number[] | readonly (readonly number[])[] | Float32Array | Float64Array;

export interface TargetOptions {
  target?: string;
  task?: 'classification' | 'regression';
  scaleTarget?: ScalingKind | 'none';
}

/** What was learned of the target; plain data. */
export interface TargetCoding {
  target?: string;
  /** In order of their names; undefined in regression and without a target. */
  classes?: string[];
  /** Of a target of numbers. */
  scale?: Scale;
}

/** Turns the column to predict into a tensor, and numbers back to the unit of before. */
export interface TargetCoder extends TargetCoding {
  /** Classes: int32 (rows); numbers: float32 (rows, 1). Undefined if the frame has no such column. */
  encode(frame: DataFrame): tf.Tensor | undefined;
  decode(y: TargetValues): number[];
}

export function fitTarget(frame: DataFrame, options: TargetOptions): TargetCoder {
  const { target } = options;
  const classes = target === undefined ? undefined : fitClasses(frame, target, options.task);
  return targetCoder({ target, classes, scale: fitTargetScale(frame, options, classes) });
}

export function targetCoder({ target, classes, scale }: TargetCoding): TargetCoder {
  return {
    target,
    classes,
    scale,
    encode(source) {
      if (target === undefined || !source.columns.includes(target)) return undefined;
      const where = `prepare('${target}')`;
      assertComplete(where, source, target, missingPositions(where, source, target));
      if (classes) return tf.tensor1d(classNumbers(where, labels(source, target), classes), 'int32');
      const numbers = columnNumbers(where, source, target).map(value => applyScale(value, scale!));
      return tf.tensor2d(numbers, [numbers.length, 1]);
    },
    decode: y => decode(y, scale),
  };
}

/** The classes in order of their names, or undefined if the target is a number to predict. */
function fitClasses(frame: DataFrame, target: string, task: TargetOptions['task']): string[] | undefined {
  const where = `fitPreparation({ target: '${target}' })`;
  const values = columnValues(where, frame, target);
  assertComplete(where, frame, target, missingPositions(where, frame, target));
  const isNumber = kindOf(values) === 'number';
  if (task === 'regression' || (task === undefined && isNumber)) {
    columnNumbers(where, frame, target);
    return undefined;
  }
  const distinct = [...new Set(values)];
  if (distinct.length < 2)
    throw mismatch({ where, expected: 'at least 2 classes', received: `${distinct.length}: ${describe(distinct[0])}` });
  if (isNumber) return (distinct as number[]).sort((a, b) => a - b).map(String);
  return distinct.map(String).sort();
}

function fitTargetScale(
  frame: DataFrame,
  { target, scaleTarget = 'none' }: TargetOptions,
  classes: readonly string[] | undefined,
): Scale | undefined {
  const where = 'fitPreparation({ scaleTarget })';
  assertOneOf(where, scaleTarget, [...SCALING_KINDS, 'none'] as const);
  const isNumber = target !== undefined && !classes;
  if (scaleTarget === 'none') return isNumber ? NO_SCALE : undefined;
  if (isNumber) return fitScale(columnNumbers(where, frame, target), scaleTarget);
  throw mismatch({
    where,
    expected: 'a target of numbers',
    received: target === undefined ? 'no target' : `'${target}', which holds classes`,
    hint: target === undefined ? undefined : 'Classes are numbered, not scaled: leave scaleTarget out.',
  });
}

function classNumbers(where: string, names: readonly string[], classes: readonly string[]): number[] {
  const numberOf = new Map(classes.map((name, number) => [name, number]));
  return names.map(name => {
    const number = numberOf.get(name);
    if (number !== undefined) return number;
    throw new LearnableError(
      `${where}: expected one of the classes ${classes.join(', ')}, received ${describe(name)}.`,
      { hint: 'The training part has no such class: split with stratify.' },
    );
  });
}

function decode(y: TargetValues, scale: Scale | undefined): number[] {
  const where = 'prepare.inverseTarget(y)';
  if (!scale)
    throw new LearnableError(`${where}: there is no target of numbers to go back to.`, {
      hint: 'Class numbers become names by prepare.classes.',
    });
  const values: unknown[] = y instanceof tf.Tensor ? (y.arraySync() as unknown[]) : Array.from<unknown>(y);
  return values.map(value => {
    const number = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (typeof number === 'number') return invertScale(number, scale);
    throw mismatch({ where, expected: 'one number a row', received: describe(number) });
  });
}
