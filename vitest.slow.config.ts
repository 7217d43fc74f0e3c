import { mergeConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Tests with programs that are slow to start, or that few machines have: `npm test -- slow`. */
const slow = mergeConfig(config, { test: { testTimeout: 120_000, hookTimeout: 120_000 } });
slow.test.include = ['tests/**/*.slow.ts'];
export default slow;
