import fc from 'fast-check';
import { test } from 'vitest';
import { FEW, holds, programs } from '../support/properties.ts';
import { erasesOnce, keepsLines, mutated, saysWhere } from './text.ts';

const timeout = 660_000;

test('every line stays at its line', { timeout }, () => holds(programs(150), keepsLines, FEW(300)));

test('types are erased once and for all, and leave spaces', { timeout }, () =>
  holds(programs(150), erasesOnce, FEW(300)),
);

test('of a text that is no program, the transform says where it is wrong', { timeout }, () =>
  holds(mutated(programs(120)), saysWhere, FEW(500)),
);

test('of any text at all', { timeout }, () =>
  holds(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 })), saysWhere, FEW(500)),
);
