import { test } from 'vitest';
import { holds, MANY, programs } from '../support/properties.ts';
import { meansTheSame } from './meaning.ts';

test(
  'a cell means what the same TypeScript means in a module: thousands of programs',
  { timeout: 900_000 },
  async () => {
    await holds(programs(200), meansTheSame, MANY(5000));
  },
);
