import { expect, test } from 'vitest';
import { KeptOutputs, MAX_BYTES, MAX_TEXT } from '../../src/server/kernels/kept-outputs.ts';
import { createTestMessage } from './support.ts';

const message = (type: string, content: Record<string, unknown>) => createTestMessage('iopub', type, content, 'kernel');
const stream = (text: string, name = 'stdout') => message('stream', { name, text });

test('text that is too long keeps its start and its end, and says how much is missing', () => {
  const outputs = new KeptOutputs();
  outputs.add(stream('start\n'));
  const line = `${'x'.repeat(1023)}\n`;
  const count = (3 * MAX_TEXT) / line.length;
  for (let index = 0; index < count; index += 1) outputs.add(stream(line));
  outputs.add(stream('end\n'));
  const [{ content }] = outputs.list() as unknown as [{ content: { text: string } }];
  expect(content.text.length).toBeLessThan(MAX_TEXT + 200);
  expect(content.text.startsWith('start\nxxx')).toBe(true);
  expect(content.text.endsWith('xxx\nend\n')).toBe(true);
  const cut = Number(/\n\[(\d+) characters are left out here/.exec(content.text)![1]);
  const note = /\n\[\d+ characters[^\]]*\]\n/.exec(content.text)![0];
  expect(cut + content.text.length - note.length).toBe('start\n'.length + count * line.length + 'end\n'.length);
  expect(outputs.isCut).toBe(true);
});

test('of too many outputs the newer half stays', () => {
  const outputs = new KeptOutputs();
  const data = { 'text/plain': 'x'.repeat(MAX_BYTES / 16) };
  for (let index = 0; index < 40; index += 1) outputs.add(message('display_data', { data, metadata: { index } }));
  const kept = outputs.list();
  expect(kept[0]!.content.text).toMatch(/^\[Earlier outputs are left out here/);
  expect(kept.filter(({ type }) => type === 'stream')).toHaveLength(1);
  expect(kept.at(-1)!.content.metadata).toEqual({ index: 39 });
  expect(outputs.bytes).toBeLessThan(MAX_BYTES);
  outputs.add(message('clear_output', { wait: false }));
  expect([outputs.list(), outputs.bytes, outputs.isCut]).toEqual([[], 0, false]);
});

test('streams are joined by name; a clear that waits is kept as one', () => {
  const outputs = new KeptOutputs();
  for (const [text, name] of [
    ['a', 'stdout'],
    ['b', 'stdout'],
    ['c', 'stderr'],
    ['d', 'stdout'],
  ] as const)
    outputs.add(stream(text, name));
  outputs.add(message('clear_output', { wait: true }));
  expect(outputs.list().map(({ type, content }) => content.text ?? type)).toEqual(['ab', 'c', 'd', 'clear_output']);
  outputs.add(stream('new'));
  expect(outputs.list()).toEqual([{ type: 'stream', content: { name: 'stdout', text: 'new' } }]);
});
