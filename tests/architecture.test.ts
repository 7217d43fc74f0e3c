import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each folder of src/ may import, itself aside. The table of docs/architecture.md. */
const computing = ['display', 'core', 'engine'];
const training = [...computing, 'data', 'metrics', 'plot'];
const trained = [...training, 'train', 'models'];
const paradigms = ['supervised', 'unsupervised', 'reinforcement', 'transfer', 'interpret', 'compress'];
const library = [...trained, ...paradigms, 'notebook'];
const MAY_IMPORT: Record<string, readonly string[]> = {
  display: [],
  modules: [],
  core: ['display'],
  engine: ['display', 'core'],
  data: computing,
  metrics: computing,
  plot: computing,
  train: training,
  models: training,
  supervised: trained,
  unsupervised: trained,
  reinforcement: trained,
  transfer: trained,
  interpret: trained,
  compress: trained,
  notebook: [...trained, ...paradigms],
  kernel: ['display', 'modules', 'plot'],
  server: ['kernel', 'core'],
  grader: [...library, 'modules', 'index.ts', 'kernel'],
  course: ['grader', 'kernel', 'modules', 'core', 'display'],
  'index.ts': [...library, 'grader'],
  cli: ['course', 'grader', 'kernel', 'server', 'modules', 'core', 'display'],
};

/** Doors beside a folder's index.ts: what only a part of the folder's users may load. */
const DOORS: Record<string, readonly string[]> = {
  kernel: [
    'client/index.ts',
    'spec/index.ts',
    'checker/index.ts',
    'checker/types.ts',
    'protocol/message.ts',
    'transform/index.ts',
  ],
  display: [
    'bar.ts',
    'bundle-text.ts',
    'bundle.ts',
    'channel.ts',
    'content.ts',
    'html.ts',
    'printed-classes.ts',
    'printed.ts',
    'progress.ts',
    'rows.ts',
    'stock-tslab.ts',
    'table.ts',
    'text.ts',
    'throttle.ts',
  ],
  core: ['atomic-write.ts', 'errors.ts', 'random.ts', 'shape.ts', 'scope.ts', 'progress.ts', 'prepared.ts'],
  grader: ['notebook.ts'],
  plot: ['static.ts'],
};

const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map(file => file.split(path.sep).join('/'))
  .filter(file => file.endsWith('.ts'));

interface Import {
  from: string;
  to: string;
}

function relativeImports(file: string): Import[] {
  const { module } = parseSync(file, readFileSync(path.join(root, 'src', file), 'utf8'));
  const dynamic = module.dynamicImports.map(found =>
    readFileSync(path.join(root, 'src', file), 'utf8').slice(
      found.moduleRequest.start + 1,
      found.moduleRequest.end - 1,
    ),
  );
  const fixed = module.staticImports.map(found => found.moduleRequest.value);
  const passedOn = module.staticExports.flatMap(found =>
    found.entries.flatMap(entry => entry.moduleRequest?.value ?? []),
  );
  return [...fixed, ...passedOn, ...dynamic]
    .filter(specifier => specifier.startsWith('.'))
    .map(specifier => ({ from: file, to: path.posix.join(path.posix.dirname(file), specifier) }));
}

const folderOf = (file: string) => file.split('/')[0]!;

describe('imports point downwards', () => {
  const crossing = sources.flatMap(relativeImports).filter(({ from, to }) => folderOf(from) !== folderOf(to));

  test('there are imports to look at', () => expect(crossing.length).toBeGreaterThan(20));

  test('every folder of src has its place in the map', () => {
    expect([...new Set(sources.map(folderOf))].filter(folder => !(folder in MAY_IMPORT))).toEqual([]);
  });

  test('no folder imports what stands above it or beside it', () => {
    const wrong = crossing.filter(
      ({ from, to }) => !to.startsWith('..') && !MAY_IMPORT[folderOf(from)]?.includes(folderOf(to)),
    );
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('a folder is entered by its door only', () => {
    const inside = crossing.filter(({ to }) => {
      if (to.startsWith('..') || !to.includes('/')) return false;
      const rest = to.slice(to.indexOf('/') + 1);
      return rest !== 'index.ts' && !DOORS[folderOf(to)]?.includes(rest);
    });
    expect(inside.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('the course imports only learnable, and its checks the grader', () => {
    const course = ['exercises', 'solutions'].flatMap(folder =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter(file => file.endsWith('.ts'))
        .map(file => path.join(folder, file)),
    );
    expect(course.length).toBeGreaterThan(0);
    const foreign = course.flatMap(file =>
      parseSync(file, readFileSync(path.join(root, file), 'utf8'))
        .module.staticImports.map(found => found.moduleRequest.value)
        .filter(
          specifier => specifier !== 'learnable' && !(file.endsWith('.check.ts') && specifier === 'learnable/grader'),
        )
        .map(specifier => `${file} → ${specifier}`),
    );
    expect(foreign).toEqual([]);
  });
});
