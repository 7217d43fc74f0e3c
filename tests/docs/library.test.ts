import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import * as learnable from '../../src/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { libraryPage, readLibrary } = (await import(path.join(root, 'scripts', 'library-index.mjs'))) as {
  libraryPage(): string;
  readLibrary(): { spaces: { name: string; members: Member[] }[]; loose: Member[] };
};

interface Member {
  name: string;
  about: string;
  examples: string[];
}

const { spaces, loose } = readLibrary();
const members = [
  ...loose,
  ...spaces.flatMap(space => space.members.map(member => ({ ...member, name: `${space.name}.${member.name}` }))),
];

/** What an example may take for granted: how each name was made. */
const GIVEN: Record<string, string> = {
  penguins: "await data.load('penguins')",
  clean: "data.dropMissing(await data.load('penguins'))",
  fitting: "data.split(data.dropMissing(await data.load('penguins')), { test: 0.2, seed: 1 }).train",
  test: "data.split(data.dropMissing(await data.load('penguins')), { test: 0.2, seed: 1 }).test",
  prepare: "data.fitPreparation(fitting, { target: 'species' })",
  model: "models.mlp({ inputs: prepare.width, hidden: [8], outputs: 3, task: 'classification', seed: 1 })",
  truth: "['cat', 'dog', 'dog']",
  predicted: "['cat', 'cat', 'dog']",
  gradientStep: '() => 0',
  losses: '[3, 2, 1]',
  others: '[3, 1, 2]',
  weights: '[0.1, 0.2, 0.4, 0.2]',
  x: '[1, 2, 3]',
  y: '[2, 4, 7]',
};

const examples = members.flatMap(({ name, examples: list }) =>
  list.map((code, i) => ({ name: list.length > 1 ? `${name} ${i + 1}` : name, code })),
);

/** The names that the code makes itself: declared, or taken as parameters. */
function made(code: string): Set<string> {
  const declared = [...code.matchAll(/(?:const|let)\s+([^=;]*?)(?:=|\sof\s)/g)].map(
    ([, names]) => names!.replace(/^(\w+)\s*:.*$/, '$1'), // without its type
  );
  const parameters = [...code.matchAll(/(?:\(([^()]*)\)|\b(\w+))\s*=>/g)].map(([, several, one]) => several ?? one!);
  return new Set([...declared, ...parameters].flatMap(text => text.match(/[A-Za-z_]\w*/g) ?? []));
}

function mentions(code: string, name: string): boolean {
  return new RegExp(`(?<![.\\w'])${name}\\b(?!\\s*:)`).test(code);
}

/** The example as a module, with what it takes for granted. */
function asModule(code: string): string {
  const own = made(code);
  let whole = code;
  for (const name of Object.keys(GIVEN).reverse()) {
    if (mentions(whole, name) && !own.has(name)) whole = `const ${name} = ${GIVEN[name]};\n${whole}`;
  }
  const imported = Object.keys(learnable).filter(name => mentions(whole, name) && !own.has(name));
  return `import { ${imported.join(', ')} } from 'learnable';\n${whole}\nexport {};\n`;
}

const folder = path.join(root, '.learnable', 'examples');
const fileOf = (i: number) => path.join(folder, `example${i}.ts`);

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [i, { code }] of examples.entries()) writeFileSync(fileOf(i), asModule(code));
});

test('docs/library.md is what the sources say: node scripts/library-index.mjs writes it', () => {
  expect(readFileSync(path.join(root, 'docs', 'library.md'), 'utf8')).toBe(libraryPage());
});

test('every public function says what it does, and shows it by an example', () => {
  expect(members.length).toBeGreaterThan(150);
  expect(members.filter(({ about }) => about === '').map(({ name }) => name)).toEqual([]);
  const needNone = /^(?:LearnableError|onProgress|data\.catalogue|train\.DivergenceError)$/;
  expect(
    members.filter(member => member.examples.length === 0 && !needNone.test(member.name)).map(({ name }) => name),
  ).toEqual([]);
});

test('the examples are correct TypeScript', () => {
  const options = {
    extends: '../../tsconfig.json',
    // As in a notebook: examples are for people.
    compilerOptions: { noUncheckedIndexedAccess: false, paths: { learnable: ['../../src/index.ts'] } },
    include: ['*.ts'],
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(options));
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '--noEmit', '-p', folder], { encoding: 'utf8' });
  const problems = stdout.split('\n').filter(line => /example\d+\.ts/.test(line));
  expect(problems.map(line => line.replace(/^.*example(\d+)\.ts/, (_, i) => examples[Number(i)]!.name))).toEqual([]);
});

describe('the examples run', () => {
  const before = process.cwd();
  const work = mkdtempSync(path.join(tmpdir(), 'learnable-examples-'));
  beforeAll(() => {
    process.chdir(work); // some write files
    for (const method of ['log', 'error', 'warn'] as const) vi.spyOn(console, method).mockImplementation(() => {});
  });
  afterAll(() => {
    vi.restoreAllMocks();
    process.chdir(before);
    rmSync(work, { recursive: true });
  });

  // These need a course around them, as tests/grader has it.
  const isOfExercises = (name: string) => /^(?:check|hint|solution)\b/.test(name);
  it.each(examples.map(({ name }, i) => ({ name, file: fileOf(i) })).filter(({ name }) => !isOfExercises(name)))(
    '$name',
    async ({ file }) => {
      await expect(import(file)).resolves.toBeDefined();
    },
    60_000,
  );
});
