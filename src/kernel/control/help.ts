import type { Inspection } from '../checker/types.ts';

const NAME = String.raw`([\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*)`;
const QUESTION = new RegExp(String.raw`^\s*(?:\?{1,2}\s*${NAME}|${NAME}\s*\?{1,2})\s*$`, 'u');

/** The name that a cell such as `Math.max?` or `?Math.max` asks about (neither is TypeScript); undefined for any other. */
export function helpTopic(source: string): string | undefined {
  const match = QUESTION.exec(source);
  return match?.[1] ?? match?.[2];
}

/** How the description of a name is shown: in an `inspect_reply`, and in a page of help. */
export function inspectionBundle({ signature, documentation }: Inspection): Record<string, string> {
  return {
    'text/plain': documentation ? `${signature}\n\n${documentation}` : signature,
    'text/markdown': `\`\`\`typescript\n${signature}\n\`\`\`\n\n${documentation}`,
  };
}
