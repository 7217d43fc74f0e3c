import { expect, test } from 'vitest';
import { scope } from '../../src/core/index.ts';

const item = (name: string, log: string[]) => ({ name, dispose: () => log.push(name) });

test('what the scope owns is disposed at its end, last first, and only that', async () => {
  const log: string[] = [];
  const result = await scope(async own => {
    own(item('a', log));
    const kept = item('kept', log);
    await new Promise(resolve => setTimeout(resolve, 1));
    own(item('b', log));
    expect(log).toEqual([]);
    return kept;
  });
  expect(result.name).toBe('kept');
  expect(log).toEqual(['b', 'a']);
});

test('work that fails disposes too, and its error passes through', async () => {
  const log: string[] = [];
  const work = scope(async own => {
    own(item('a', log));
    throw new Error('failed');
  });
  await expect(work).rejects.toThrow('failed');
  expect(log).toEqual(['a']);
});
