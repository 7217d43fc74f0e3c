import { copyEdited, linksById } from './edits.ts';
import type { JoinedText } from './joined-text.ts';
import type { LibraryModule } from './library.ts';
import { mentioned } from './mentioned.ts';
import { type Augmentation, imported, NotJoinable } from './module.ts';

/** The module that a `declare module '…'` within another one adds to. */
export function augmented(module: LibraryModule, { id }: Augmentation): LibraryModule {
  const target = 'value' in id ? module.targets.get(id.value) : undefined;
  if (!target) throw new NotJoinable(`${module.file} adds to what is outside of its library`);
  return target;
}

/**
 * Writes it as one more `declare module` of its target, with the imports that it needs: so it is put together with its target
 * once, not for every cell.
 */
export function writeAugmentation(out: JoinedText, module: LibraryModule, statement: Augmentation): void {
  const target = augmented(module, statement);
  const { body } = statement;
  if (!body) return;
  const names = new Set(body.body.flatMap(inner => [...mentioned(inner)]));
  const imports = module.statements.filter(other => imported(other).some(name => names.has(name)));
  const available = new Set(imports.flatMap(imported));
  for (const name of names) {
    if (module.bound.has(name) && !available.has(name)) {
      throw new NotJoinable(`${module.file} adds to another module what only it knows: ${name}`);
    }
  }
  const edits = linksById(module);
  out.write(`declare module ${JSON.stringify(target.id)} {\n`);
  for (const { start, end } of imports) {
    copyEdited(out, module, [start, end], edits);
    out.write('\n');
  }
  copyEdited(out, module, [body.start + 1, body.end - 1], edits);
  out.write('\n}\n');
}
