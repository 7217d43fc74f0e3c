import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** What compiled decorators and `using` call, loaded on first use: `helpers.decorate(…)`. */
export const helpers: Record<string, unknown> = new Proxy<Record<string, unknown>>(
  {},
  {
    get(loaded, name) {
      if (typeof name !== 'string') return undefined;
      if (!(name in loaded)) loaded[name] = interop(require(`@oxc-project/runtime/helpers/${name}`));
      return loaded[name];
    },
  },
);

function interop(module: unknown): unknown {
  const exported = module as { __esModule?: boolean; default?: unknown };
  return exported.__esModule ? exported.default : module;
}
