import { test } from 'vitest';
import { FEW, holds, programs } from '../support/properties.ts';
import { meansTheSame } from './meaning.ts';

test('a cell means what the same TypeScript means in a module', { timeout: 660_000 }, async () => {
  await holds(programs(150), meansTheSame, FEW(300));
});
