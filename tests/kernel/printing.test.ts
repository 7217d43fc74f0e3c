import { Worker } from 'node:worker_threads';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Envelope, PrintReader, PrintWriter, printingMemory } from '../../src/kernel/printing.ts';

type Text = [name: 'stdout' | 'stderr', text: string, cell: number | undefined];

describe('printing', () => {
  let sent: Envelope<string>[];
  let heard: (Text | string)[];
  let memory: ReturnType<typeof printingMemory>;
  let writer: PrintWriter<string>;
  let reader: PrintReader;
  beforeEach(() => {
    sent = [];
    heard = [];
    memory = printingMemory();
    writer = new PrintWriter(memory, envelope => sent.push(envelope));
    reader = new PrintReader(memory, (...text) => heard.push(text));
  });

  const receive = (count = sent.length) => {
    for (const envelope of sent.splice(0, count)) reader.receive(envelope, message => heard.push(message));
  };
  const printed = () => heard.map(entry => (typeof entry === 'string' ? `<${entry}>` : entry[1])).join('');

  it('carries name, cell and any text', () => {
    const texts: Text[] = [
      ['stdout', 'ü, 漢, 🎲\n', 1],
      ['stderr', '', 7],
      ['stderr', 'a\0b', undefined],
      ['stdout', 'last', 2 ** 31 - 1],
    ];
    for (const [name, text, cell] of texts) writer.print(name, text, cell);
    receive();
    expect(heard).toEqual(texts.filter(([, text]) => text !== ''));
  });

  it('is announced once, until it was read', () => {
    for (let index = 0; index < 100; index++) writer.print('stdout', '.', 1);
    expect(sent).toHaveLength(1);
    receive();
    expect(printed()).toBe('.'.repeat(100));
    writer.print('stdout', '!', 1);
    expect(sent).toHaveLength(1);
  });

  it('keeps the place of a message between texts, wherever the reader is', () => {
    for (const step of [1, 2, 3, 5]) {
      heard = [];
      writer.print('stdout', 'a', 1);
      writer.post('1');
      writer.print('stdout', 'b', 1);
      writer.post('2');
      writer.post('3');
      writer.print('stdout', 'c', 1);
      while (sent.length > 0) receive(step);
      expect(printed()).toBe('a<1>b<2><3>c');
    }
  });

  it('cuts a long text between characters, and puts it together again', () => {
    const text = `x${'🎲'.repeat(30_000)}`;
    writer.print('stdout', text, 1);
    receive();
    expect(heard.length).toBeGreaterThan(1);
    expect(printed()).toBe(text);
  });

  it('fills its memory many times over', () => {
    let expected = '';
    for (let round = 0; round < 3000; round++) {
      const text = `${round}${'é'.repeat((round * 37) % 1500)}\n`;
      writer.print('stdout', text, 1);
      expected += text;
      if (round % 100 === 99) receive();
    }
    receive();
    expect(printed()).toBe(expected);
  });

  it('goes on where positions wrap around', () => {
    const counters = new Int32Array(memory.counters);
    counters.fill(2 ** 31 - 16, 0, 2);
    for (const text of ['a', 'b', 'c', 'd']) writer.print('stdout', text, 1);
    expect(counters[0]).toBeLessThan(0);
    receive();
    expect(printed()).toBe('abcd');
  });

  it('shows all with the next message when an announcement was lost', () => {
    writer.print('stdout', 'a', 1);
    sent.pop();
    writer.print('stdout', 'b', 1);
    expect(sent).toEqual([]);
    writer.post('end');
    receive();
    expect(printed()).toBe('ab<end>');
    writer.print('stdout', 'c', 1);
    receive();
    expect(printed()).toBe('ab<end>c');
  });

  it('shows all when a message could not be sent', () => {
    let fails = true;
    writer = new PrintWriter(memory, envelope => {
      if (fails) throw new RangeError('Maximum call stack size exceeded');
      sent.push(envelope);
    });
    expect(() => writer.print('stdout', 'a', 1)).toThrow(RangeError);
    fails = false;
    writer.print('stdout', 'b', 1);
    receive();
    expect(printed()).toBe('ab');
  });

  it('waits for a reader that is behind, also when the announcement was lost', async () => {
    const module = new URL('../../dist/kernel/printing.js', import.meta.url).href;
    const thread = new Worker(
      `const { parentPort, workerData: { module, memory } } = require('node:worker_threads');
       import(module).then(({ PrintWriter }) => {
         let sent = 0;
         const writer = new PrintWriter(memory, envelope => { if (++sent > 1) parentPort.postMessage(envelope); });
         for (let index = 0; index < 200_000; index++) writer.print('stdout', index + '\\n', 1);
         writer.post('end');
       });`,
      { eval: true, workerData: { module, memory } },
    );
    await new Promise<void>(resolve => {
      thread.on('message', (envelope: Envelope<string>) =>
        reader.receive(envelope, message => {
          heard.push(message);
          resolve();
        }),
      );
    });
    await thread.terminate();
    expect(printed()).toBe(`${Array.from({ length: 200_000 }, (_, index) => `${index}\n`).join('')}<end>`);
  });
});
