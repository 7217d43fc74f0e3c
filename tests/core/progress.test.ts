import { expect, test, vi } from 'vitest';
import { newRun, onProgress, type ProgressEvent, reportProgress } from '../../src/core/index.ts';

const step = (id: number): ProgressEvent => ({ kind: 'task-step', id, done: 1 });

test('every listener hears every event until it unsubscribes', () => {
  const first: ProgressEvent[] = [];
  const second: ProgressEvent[] = [];
  const stopFirst = onProgress(event => first.push(event));
  const stopSecond = onProgress(event => second.push(event));
  reportProgress(step(1));
  stopFirst();
  reportProgress(step(2));
  stopSecond();
  reportProgress(step(3));
  expect(first).toEqual([step(1)]);
  expect(second).toEqual([step(1), step(2)]);
});

test('a listener that throws is dropped with a warning, the others still hear', () => {
  const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const heard: number[] = [];
  let calls = 0;
  const stopBad = onProgress(() => {
    calls++;
    throw new Error('no screen');
  });
  const stop = onProgress(event => heard.push(event.id));
  reportProgress(step(1));
  reportProgress(step(2));
  stop();
  stopBad();
  expect(heard).toEqual([1, 2]);
  expect(calls).toBe(1);
  expect(warning.mock.calls).toEqual([['A progress listener failed and was removed: no screen', 'LearnableWarning']]);
  warning.mockRestore();
});

test('no two runs share an id', () => {
  expect(newRun()).not.toBe(newRun());
});
