import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * What compiled code calls, loaded on first use: `helpers.decorate(…)` of oxc's making, `helpers.__esDecorate(…)` of
 * TypeScript's.
 */
export const helpers: Record<string, unknown> = new Proxy<Record<string, unknown>>(
  {},
  {
    get(loaded, name) {
      if (typeof name !== 'string') return undefined;
      if (!(name in loaded)) loaded[name] = load(name);
      return loaded[name];
    },
  },
);

function load(name: string): unknown {
  if (name.startsWith('__')) return (require('tslib') as Record<string, unknown>)[name];
  const exported = require(`@oxc-project/runtime/helpers/${name}`) as { __esModule?: boolean; default?: unknown };
  return exported.__esModule ? exported.default : exported;
}
