import { LearnableError } from '../core/index.ts';

export interface FenceMarks {
  /** `NN-topic/name`: the cell is an exercise's stub, and its check follows. */
  exercise?: string;
  /** The cell is expected to throw, or to be refused by the type checker. */
  throws: boolean;
  slow: boolean;
}

/** A part of a chapter: prose, or the code of a `ts` fence. */
export type Block =
  | { kind: 'prose'; text: string; line: number }
  | { kind: 'code'; text: string; line: number; marks: FenceMarks };

export interface Chapter {
  title: string;
  question: string;
  /** What it needs that tslab's own kernel has not; a chapter without it runs there too, which a test proves. */
  needs?: string;
  blocks: Block[];
}

const FENCE = /^(`{3,}|~{3,})\s*(\S*)\s*(.*)$/;

/**
 * Splits a chapter's source at its `ts` fences; all else, other fences too, is prose and stays as it is, to the character.
 * A heading of the second level begins a block of its own. Throws, with the line, for a fence that is not closed or has an
 * unknown mark, and for front matter without title and question.
 */
export function parseChapter(source: string, file = 'chapter'): Chapter {
  const lines = source
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .split('\n');
  const { front, bodyStart } = readFrontMatter(lines, file);
  const blocks: Block[] = [];
  let prose: string[] = [];
  let proseLine = bodyStart + 1;
  const endProse = (nextLine: number) => {
    const text = prose.join('\n').replace(/^\n+|\s+$/g, '');
    if (text) blocks.push({ kind: 'prose', text, line: proseLine });
    prose = [];
    proseLine = nextLine;
  };

  for (let i = bodyStart; i < lines.length; i++) {
    const line = lines[i]!;
    const fence = FENCE.exec(line);
    if (!fence) {
      if (line.startsWith('## ')) endProse(i + 1);
      prose.push(line);
      continue;
    }
    const [, marker = '', language, info = ''] = fence;
    const end = lines.findIndex((candidate, j) => j > i && closes(candidate, marker));
    if (end === -1)
      throw new LearnableError(`${file}:${i + 1}: this fence is never closed.`, { hint: `Add ${marker} below it.` });
    if (language === 'ts') {
      endProse(end + 2);
      blocks.push({
        kind: 'code',
        text: lines.slice(i + 1, end).join('\n'),
        line: i + 2,
        marks: readMarks(info, `${file}:${i + 1}`),
      });
    } else prose.push(...lines.slice(i, end + 1));
    i = end;
  }
  endProse(lines.length);
  return { ...front, blocks };
}

function closes(line: string, marker: string): boolean {
  const text = line.trimEnd();
  return text.length >= marker.length && text === marker[0]!.repeat(text.length);
}

function readMarks(info: string, place: string): FenceMarks {
  const marks: FenceMarks = { throws: false, slow: false };
  for (const word of info.split(/\s+/).filter(Boolean)) {
    if (word === 'throws') marks.throws = true;
    else if (word === 'slow') marks.slow = true;
    else if (/^exercise=\d\d-[a-z0-9-]+\/[a-z0-9-]+$/.test(word)) marks.exercise = word.slice('exercise='.length);
    else {
      throw new LearnableError(`${place}: unknown mark '${word}' on a fence.`, {
        hint: 'The marks are exercise=NN-topic/name, throws and slow.',
      });
    }
  }
  return marks;
}

function readFrontMatter(lines: readonly string[], file: string) {
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end === -1) {
    throw new LearnableError(`${file}: expected front matter between two lines of ---.`, {
      hint: 'A chapter begins with ---, title: …, question: …, ---.',
    });
  }
  const values = Object.fromEntries(
    lines.slice(1, end).flatMap(line => {
      const entry = /^(\w+):\s*(.*?)\s*$/.exec(line);
      return entry ? [[entry[1]!, entry[2]!]] : [];
    }),
  );
  const { title, question, needs } = values as Partial<Record<string, string>>;
  if (!title || !question) throw new LearnableError(`${file}: the front matter needs a title and a question.`);
  return { front: { title, question, ...(needs && { needs }) }, bodyStart: end + 1 };
}
