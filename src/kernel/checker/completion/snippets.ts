import type { Completion } from '../types.ts';

/** Whole statements, offered last and only where one may begin. Jupyter has no places to fill in: names to replace stand for them. */
const SNIPPETS: Record<string, string[]> = {
  async: ['async function name() {\n  \n}'],
  class: ['class Name {\n  constructor(readonly value: number) {}\n}'],
  for: ['for (const item of items) {\n  \n}', 'for (let i = 0; i < count; i++) {\n  \n}'],
  function: ['function name(value: number): number {\n  return value;\n}'],
  if: ['if (condition) {\n  \n} else {\n  \n}'],
  import: ["import { data, models, plot, show, tf, train } from 'learnable';"],
  interface: ['interface Name {\n  value: number;\n}'],
  switch: ["switch (value) {\n  case 'a':\n    break;\n  default:\n}"],
  try: ['try {\n  \n} catch (error) {\n  \n}'],
  type: ["type Name = 'a' | 'b';"],
  while: ['while (condition) {\n  \n}'],
};

/** The snippets for a keyword that was begun, indented as the line is. */
export function snippetsFor(source: string, start: number, typed: string, items: Completion[]): Completion[] {
  const before = source.slice(0, start);
  if (typed.length < 2 || !/(?:^|[\n;{}])[^\S\n]*$/.test(before)) return [];
  const indent = /[^\S\n]*$/.exec(before.slice(before.lastIndexOf('\n') + 1).match(/^\s*/)![0])![0];
  return items
    .filter(({ type, text }) => type === 'keyword' && text.startsWith(typed))
    .flatMap(({ text }) => SNIPPETS[text] ?? [])
    .map(text => ({ text: text.replaceAll('\n', `\n${indent}`), type: 'snippet' }));
}
