import type { DetailLevel } from '../checker/types.ts';

const NAME = String.raw`([\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*)`;
const QUESTION = new RegExp(String.raw`^\s*(?:(\?{1,2})\s*${NAME}|${NAME}\s*(\?{1,2}))\s*$`, 'u');

export interface HelpTopic {
  name: string;
  detail: DetailLevel;
}

/** What a cell such as `Math.max?`, `?Math.max` or, for its source as well, `mean??` asks about (none is TypeScript). */
export function helpTopic(source: string): HelpTopic | undefined {
  const [, before, nameBehind, nameBefore, behind] = QUESTION.exec(source) ?? [];
  const name = nameBehind ?? nameBefore;
  return name === undefined ? undefined : { name, detail: (before ?? behind) === '??' ? 1 : 0 };
}
