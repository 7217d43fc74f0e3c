import { describe, expect, test } from 'vitest';
import type { Documentation, Inspection } from '../../../src/kernel/checker/types.ts';
import { helpTopic } from '../../../src/kernel/control/help.ts';
import { inspectionBundle } from '../../../src/kernel/control/inspection.ts';

const NONE: Documentation = { text: '', parameters: [], throws: [], examples: [], tags: [] };
const MEAN: Documentation = {
  text: 'The *arithmetic* mean.\n\n```ts\nmean([1]);\n```',
  deprecated: 'use `average`',
  parameters: [
    { name: 'values', text: 'The numbers,\nat least one.' },
    { name: 'options', text: '' },
  ],
  returns: 'the mean',
  throws: ['if there are none'],
  examples: ['mean([1, 2]);\nmean([3]);', 'Before:\n```ts\nmean([]);\n```'],
  tags: [{ name: 'see', text: 'median' }],
};
const TEXT = 'function mean(values: number[]): number';

const plain = (inspection: Inspection) => inspectionBundle(inspection)['text/plain'];
const markdown = (inspection: Inspection) => inspectionBundle(inspection)['text/markdown'];

describe('a description', () => {
  test('as plain text', () => {
    expect(plain({ name: { text: TEXT, documentation: MEAN } })).toBe(
      [
        TEXT,
        '',
        'Deprecated. use `average`',
        '',
        'The *arithmetic* mean.',
        '',
        '  mean([1]);',
        '',
        'Parameters',
        '  values   The numbers,',
        '           at least one.',
        '  options',
        '',
        'Returns the mean',
        '',
        'Throws if there are none',
        '',
        'Example',
        '',
        '  mean([1, 2]);',
        '  mean([3]);',
        '',
        'Example',
        '',
        'Before:',
        '  mean([]);',
        '',
        'See median',
      ].join('\n'),
    );
  });

  test('as Markdown', () => {
    expect(markdown({ name: { text: TEXT, documentation: MEAN } })).toBe(
      [
        '```typescript',
        TEXT,
        '```',
        '',
        '**Deprecated.** use `average`',
        '',
        'The *arithmetic* mean.',
        '',
        '```ts',
        'mean([1]);',
        '```',
        '',
        '**Parameters**',
        '',
        '- `values` — The numbers,',
        '  at least one.',
        '- `options`',
        '',
        '**Returns** the mean',
        '',
        '**Throws** if there are none',
        '',
        '**Example**',
        '',
        '```typescript',
        'mean([1, 2]);',
        'mean([3]);',
        '```',
        '',
        '**Example**',
        '',
        'Before:',
        '```ts',
        'mean([]);',
        '```',
        '',
        '**See** median',
      ].join('\n'),
    );
  });

  test('without documentation it is the declaration alone', () => {
    expect(inspectionBundle({ name: { text: 'let x: number', documentation: NONE } })).toEqual({
      'text/plain': 'let x: number',
      'text/markdown': '```typescript\nlet x: number\n```',
    });
  });
});

test('a call says which parameter is written, and what it is for', () => {
  const call = { text: 'mean(values: number[]): number', parameter: 'values: number[]', documentation: MEAN };
  expect(plain({ call })).toContain('number\n\n▸ values: number[] — The numbers,\nat least one.\n\nDeprecated.');
  expect(markdown({ call })).toContain('```\n\n▸ `values: number[]` — The numbers,\nat least one.\n\n**Deprecated.**');
  const rest = { ...call, parameter: '...values: number[]', documentation: NONE };
  expect(plain({ call: rest })).toBe('mean(values: number[]): number\n\n▸ ...values: number[]');
});

test('the name that is touched comes before the call around it', () => {
  const name = { text: 'let x: number', documentation: NONE };
  const call = { text: 'f(n: number): void', parameter: 'n: number', documentation: NONE };
  expect(plain({ name, call })).toBe('let x: number\n\nf(n: number): void\n\n▸ n: number');
  expect(markdown({ name, call })).toContain('let x: number\n```\n\n---\n\n```typescript\nf(n: number)');
});

test('what the name holds now', () => {
  const name = {
    text: 'let x: number',
    documentation: NONE,
    definition: { cell: 'cell 1', line: 1, code: 'let x = 5;' },
  };
  const bundle = inspectionBundle({ name }, '6');
  expect(bundle['text/plain']).toBe('let x: number\n\nValue\n\n  6\n\nCell In[1], line 1\n\n  let x = 5;');
  expect(bundle['text/markdown']).toContain('**Value**\n\n```typescript\n6\n```\n\n*Cell In[1], line 1*');
});

describe('the definition', () => {
  test.each<[place: string, definition: object]>([
    ['Cell In[3], line 2', { cell: 'cell 3', line: 2 }],
    ['This cell, line 1', { cell: '', line: 1 }],
    ['helper.ts:4', { file: 'helper.ts', line: 4 }],
  ])('in %s', (place, definition) => {
    const name = { text: 'let x: number', documentation: NONE, definition: { ...definition, code: 'let x = 5;\nx;' } };
    expect(plain({ name })).toBe(`let x: number\n\n${place}\n\n  let x = 5;\n  x;`);
    expect(markdown({ name })).toContain(`\n\n*${place}*\n\n\`\`\`typescript\nlet x = 5;\nx;\n\`\`\``);
  });

  test('of a whole file is its path', () => {
    const name = { text: "module 'pack'", documentation: NONE, definition: { file: 'pack/index.d.ts', code: '' } };
    expect(plain({ name })).toBe("module 'pack'\n\npack/index.d.ts");
  });

  test('code with fences of its own stays in one block', () => {
    const name = { text: 'a', documentation: NONE, definition: { cell: 'cell 1', line: 1, code: '`a`;\n// ```' } };
    expect(markdown({ name })).toContain('````typescript\n`a`;\n// ```\n````');
  });
});

test('a cell that asks', () => {
  expect(helpTopic('Math.max?')).toEqual({ name: 'Math.max', detail: 0 });
  expect(helpTopic(' ? mean ')).toEqual({ name: 'mean', detail: 0 });
  expect(helpTopic('mean??')).toEqual({ name: 'mean', detail: 1 });
  expect(helpTopic('??$a._b')).toEqual({ name: '$a._b', detail: 1 });
  for (const code of ['a ? b : c', 'a?.b', '?', '??', 'a ?? b', 'f()?', 'a???'])
    expect(helpTopic(code), code).toBeUndefined();
});
