import { createHash } from 'node:crypto';

/** Metadata of nbgrader's schema 3, and nothing else: its validator refuses further keys. */
export interface NbgraderMetadata {
  cell_type: 'code' | 'markdown';
  checksum: string;
  grade: boolean;
  grade_id: string;
  locked: boolean;
  points?: number;
  schema_version: 3;
  solution: boolean;
  task: boolean;
}

/** The cell that a learner completes. */
export function solutionCell(gradeId: string, source: string): NbgraderMetadata {
  return sealed({ gradeId, source, grade: false, solution: true, locked: false });
}

/** The cell whose result is the grade. */
export function checkCell(gradeId: string, source: string, points: number): NbgraderMetadata {
  return sealed({ gradeId, source, grade: true, solution: false, locked: true, points });
}

interface Sealed {
  gradeId: string;
  source: string;
  grade: boolean;
  solution: boolean;
  locked: boolean;
  points?: number;
}

function sealed({ gradeId, source, grade, solution, locked, points }: Sealed): NbgraderMetadata {
  const python = (value: boolean) => (value ? 'True' : 'False');
  const parts = [source, 'code', python(grade), python(solution), python(locked), gradeId];
  if (points !== undefined) parts.push(Number.isInteger(points) ? `${points}.0` : String(points));
  return {
    cell_type: 'code',
    checksum: createHash('md5').update(parts.join('')).digest('hex'),
    grade,
    grade_id: gradeId,
    locked,
    ...(points === undefined ? {} : { points }),
    schema_version: 3,
    solution,
    task: false,
  };
}
