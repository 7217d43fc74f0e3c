import { LearnableError } from '../../core/index.ts';

/** JSON lines: an object a line. */
export function parseRecords<Row>(where: string, text: string): Row[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line, number) => {
      try {
        return JSON.parse(line) as Row;
      } catch (cause) {
        throw new LearnableError(`${where}: line ${number + 1} is no JSON: ${(cause as Error).message}`, { cause });
      }
    });
}
