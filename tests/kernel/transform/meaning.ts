import { expect } from 'vitest';
import { CellSyntaxError } from '../../../src/kernel/transform/index.ts';
import { asCells, asModule, isNative, type Meaning, placeInModule, topLevelNames } from '../support/meaning.ts';
import { skip } from '../support/properties.ts';

/** Words of errors that TypeScript's own checker gives too: such a program is none, though a compiler lets it pass. */
const NO_PROGRAM = /parameter property|already been declared|ambient contexts/;

/** A cell means what the same TypeScript means as a module: trace, value, names, errors and their places. */
export async function meansTheSame(source: string): Promise<void> {
  const names = topLevelNames(source) ?? skip();
  const module = await moduleOrNone(source, names);
  let seen: Awaited<ReturnType<typeof asCells>>;
  try {
    seen = await asCells([source], names);
  } catch (error) {
    if (error instanceof CellSyntaxError && NO_PROGRAM.test(error.message)) skip();
    throw error;
  }
  const { place, ...cells } = seen;
  expect(JSON.stringify(cells)).not.toMatch(/__(?:cell|await|using|error)/);
  if (!isNative(source)) forgetUnreached(names, cells, module);
  expect(cells).toEqual(module);
  if (!module.error) return;
  const marked = placeOfMark(source, module.error.message);
  if (marked) expect(place).toEqual(marked);
  const exact = await placeInModule(source);
  if (exact) expect(place).toEqual(exact);
}

async function moduleOrNone(source: string, names: string[]): Promise<Meaning> {
  let module: Meaning;
  try {
    module = await asModule(source, names);
  } catch {
    skip(); // the other compiler does not take it
  }
  return module.error?.name === 'SyntaxError' ? skip() : module;
}

/** Where `using` is lowered for the module, its names are there from the start. */
function forgetUnreached(names: string[], ...meanings: Meaning[]): void {
  for (const name of names) {
    if (meanings.every(meaning => meaning.names[name] !== 'not there')) continue;
    for (const meaning of meanings) delete meaning.names[name];
  }
}

/** The place of the `new Error('e7')` that no other place has. */
function placeOfMark(source: string, message: string) {
  if (!/^e\d+$/.test(message)) return undefined;
  const before = source.slice(0, source.indexOf(`new Error('${message}')`)).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
