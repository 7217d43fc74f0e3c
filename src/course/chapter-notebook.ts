import { readFileSync } from 'node:fs';
import { LearnableError } from '../core/index.ts';
import { findExercise, loadExercise } from '../grader/index.ts';
import type { Block, Chapter } from './fences.ts';
import { checkCell, solutionCell } from './nbgrader.ts';
import { type Cell, NOTEBOOK_METADATA, type Notebook } from './notebook.ts';

/** The notebook of a chapter: deterministic, without outputs. */
export async function chapterNotebook(chapter: Chapter, root: string, file: string): Promise<Notebook> {
  const name = idMaker();
  const opening = `# ${chapter.title}\n\n*${chapter.question}*`;
  const cells: Cell[] = [];
  let section = 'opening';
  const add = (cell: Omit<Cell, 'id'>, id?: string) => cells.push({ ...cell, id: name(id ?? section) });

  add({ cell_type: 'markdown', metadata: {}, source: opening });
  for (const block of chapter.blocks) {
    if (block.kind === 'prose') {
      const heading = /^## (.+)$/m.exec(block.text);
      if (heading) section = heading[1]!;
      add({ cell_type: 'markdown', metadata: {}, source: block.text });
    } else if (block.marks.exercise) {
      for (const [id, cell] of await exerciseCells(block, root, file)) add(cell, id);
    } else {
      const tags = [...(block.marks.throws ? ['raises-exception'] : []), ...(block.marks.slow ? ['slow'] : [])];
      add(code(block.text, tags.length > 0 ? { tags } : {}));
    }
  }
  const metadata = { ...NOTEBOOK_METADATA, ...(chapter.needs && { learnable: { needs: chapter.needs } }) };
  return { cells, metadata, nbformat: 4, nbformat_minor: 5 };
}

/** An exercise's stub as a cell shows it: the file without `export`. */
export function stubSource(stub: string): string {
  return stub.replace(/^export (?=(async )?function|const|class|interface|type)/gm, '').trimEnd();
}

/** The line that checks an exercise in a notebook. No `{ name }`: tslab's own kernel loses such names of earlier cells. */
export function checkSource(id: string, functions: readonly string[]): string {
  return `await check('${id}', { ${functions.map(name => `${name}: ${name}`).join(', ')} })`;
}

async function exerciseCells(
  block: Extract<Block, { kind: 'code' }>,
  root: string,
  file: string,
): Promise<[string, Omit<Cell, 'id'>][]> {
  const id = block.marks.exercise!;
  const files = findExercise(id, root);
  const { functions, checks } = await loadExercise(files);
  const stub = stubSource(readFileSync(files.stub, 'utf8'));
  if (block.text.trim() !== '' && block.text.trimEnd() !== stub) {
    throw new LearnableError(`${file}:${block.line}: this fence differs from the stub of ${id}.`, {
      hint: `Leave the fence empty, or copy exercises/${id}.ts into it without the word export.`,
    });
  }
  const gradeId = id.replace('/', '-');
  const check = checkSource(id, functions);
  return [
    [`exercise ${id}`, code(stub, { learnable: { exercise: id }, nbgrader: solutionCell(gradeId, stub) })],
    [
      `check ${id}`,
      code(check, {
        deletable: false,
        editable: false,
        learnable: { check: id },
        nbgrader: checkCell(`${gradeId}-check`, check, checks.length),
      }),
    ],
  ];
}

function code(source: string, metadata: Record<string, unknown>): Omit<Cell, 'id'> {
  return { cell_type: 'code', execution_count: null, metadata, outputs: [], source };
}

/** Ids from headings and exercises, numbered where they repeat, so that an edit elsewhere does not change them. */
function idMaker(): (text: string) => string {
  const used = new Map<string, number>();
  return text => {
    const slug =
      text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '')
        .slice(0, 56) || 'cell';
    const count = (used.get(slug) ?? 0) + 1;
    used.set(slug, count);
    return count === 1 ? slug : `${slug}-${count}`;
  };
}
