import { readFileSync } from 'node:fs';

/** The modules that exist in the kernel only, as the checker knows them: by the declarations that are built beside them. */
export const LIBRARIES: Record<string, string> = {
  tslab: declarationsOf('tslab'),
  'learnable/kernel': declarationsOf('kernel').replace(/^export \* from .*$/m, '') + declarationsOf('display'),
};

function declarationsOf(name: string): string {
  return readFileSync(new URL(`../user/modules/${name}.d.ts`, import.meta.url), 'utf8');
}
