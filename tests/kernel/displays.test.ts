import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KernelProcess, startKernel } from '../../src/kernel/client/index.ts';

/** A folder without any node_modules above it: nothing but the kernel itself knows its modules. */
const directory = mkdtempSync(join(tmpdir(), 'learnable-displays-'));
let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await startKernel({ cwd: directory });
  await kernel.execute("import { newDisplay } from 'tslab';\nimport * as k from 'learnable/kernel';");
});
afterAll(async () => {
  await kernel.shutdown();
  rmSync(directory, { recursive: true });
});

interface Sent {
  type: string;
  text: unknown;
}

/** All messages of a cell that show something, in their order. */
async function messagesOf(code: string): Promise<Sent[]> {
  const sent: Sent[] = [];
  const { status, content } = await kernel.execute(code, {
    onOutput: ({ header, content }) => {
      const data = content.data as Record<string, unknown> | undefined;
      if (data || header.msg_type === 'stream')
        sent.push({ type: header.msg_type, text: content.text ?? data?.['text/plain'] ?? data?.['text/html'] });
    },
  });
  expect(content.traceback ?? [], JSON.stringify(content)).toEqual([]);
  expect(status).toBe('ok');
  return sent;
}

const textOf = (output: unknown) => (output as { data: Record<string, unknown> }).data['text/plain'];

describe('redraws', () => {
  it('of a tight loop are few, the last one arrives, and before idle', async () => {
    const sent = await messagesOf(
      'const d = newDisplay();\nfor (let i = 0; i < 10_000; i++) d.text("step " + i);\nconsole.log("end");',
    );
    expect(sent[0]).toEqual({ type: 'display_data', text: 'step 0' });
    const redraws = sent.filter(({ type }) => type === 'update_display_data');
    expect(redraws.at(-1)!.text).toBe('step 9999');
    expect(redraws.length).toBeLessThan(200);
    expect(sent.some(({ text }) => text === 'end\n')).toBe(true);
  });

  it('come while a cell spins', async () => {
    const sent = await messagesOf(
      'const e = newDisplay();\nfor (let i = 0, until = Date.now() + 400; Date.now() < until; i++) e.text("at " + i);\nconsole.log("spun");',
    );
    const redraws = sent.slice(
      0,
      sent.findIndex(({ type }) => type === 'stream'),
    );
    expect(redraws.length).toBeGreaterThan(3);
  });

  it('of several displays each keep their last', async () => {
    const sent = await messagesOf(
      'const many = [1, 2, 3].map(() => newDisplay());\nfor (let i = 0; i < 100; i++) many.forEach((one, n) => one.text(n + ": " + i));',
    );
    const texts = sent.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['0: 99', '1: 99', '2: 99']));
    expect(texts.length).toBeLessThan(30);
  });

  it('by a timer arrive after the cell has ended', async () => {
    await kernel.execute('const late = newDisplay(); late.text("0");');
    const sent = await messagesOf(
      'let n = 0;\nconst timer = setInterval(() => late.text("late " + ++n), 1);\nawait new Promise(done => setTimeout(done, 150));\nclearInterval(timer);',
    );
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.length).toBeLessThan(10);
  });

  it('does not fill the memory when they are large', async () => {
    const sent = await messagesOf(
      'const big = newDisplay();\nconst text = "x".repeat(1e6);\nfor (let i = 0; i < 300; i++) big.text(i + text);',
    );
    expect(String(sent.at(-1)!.text).slice(0, 4)).toBe('299x');
  });
});

describe('the module learnable/kernel', () => {
  it('displays values, formulas, trees and images, typed', async () => {
    const { outputs, status, content } = await kernel.execute(`
      k.display([{ a: 1 }, { a: 2 }]);
      k.display.latex('$x^2$');
      k.display.json({ deep: [1] }, { expanded: true });
      k.display.image(Buffer.from('iVBORw0KGgo=', 'base64'));
      const place = k.display('first');
      place.update('second');`);
    expect(content.traceback ?? []).toEqual([]);
    expect(status).toBe('ok');
    expect(outputs).toMatchObject([
      { data: { 'text/html': expect.stringContaining('<table') } },
      { data: { 'text/latex': '$x^2$' } },
      { data: { 'application/json': { deep: [1] } }, metadata: { 'application/json': { expanded: true } } },
      { data: { 'image/png': 'iVBORw0KGgo=' } },
      { data: { 'text/plain': "'second'" } },
    ]);
  });

  it('shows as much of a table as it is told to', async () => {
    const { outputs } = await kernel.execute(`
      class Bird { constructor(readonly id: number, readonly name = 'n' + id) {} }
      const birds = Array.from({ length: 30 }, (_, id) => new Bird(id));
      k.display.table(birds, { maxRows: 4, caption: 'Birds' });
      k.display.table(birds, { maxRows: 30 });
      k.display.table([[1, 2], [3]]);`);
    expect(textOf(outputs[0])).toBe(
      'Birds\n    id  name\n0    0  n0\n1    1  n1\n⋮    …  …\n28  28  n28\n29  29  n29\n30 rows × 2 columns',
    );
    expect(outputs[0]).toMatchObject({ data: { 'text/html': expect.stringMatching(/>Birds<.*>number<.*>string</) } });
    expect(String(textOf(outputs[1])).split('\n')).toHaveLength(32);
    expect(textOf(outputs[2])).toBe('   0  1\n0  1  2\n1  3  –\n2 rows × 2 columns');
    const { content } = await kernel.execute('k.display.table([1, 2])');
    expect(content.evalue).toBe('display.table: expected a data frame or an array of rows, received [ 1, 2 ]');
  });

  it('draws how far a loop has come', async () => {
    const { outputs } = await kernel.execute(`
      let sum = 0;
      for (const n of k.progress([1, 2, 3], { label: 'Adding' })) sum += n;
      for (const n of k.progress(2)) sum += n;
      sum`);
    expect(textOf(outputs[0])).toMatch(/^\[#{20}\] Adding: 3 in 0\.\d s$/);
    expect(textOf(outputs[1])).toMatch(/^\[#{20}\] 2 in/);
    expect(textOf(outputs[2])).toBe('7');
  });

  it('says what was expected and what it received', async () => {
    const messageOf = async (code: string) => (await kernel.execute(`// @nocheck\n${code}`)).content.evalue;
    expect(await messageOf('k.display.image(new Uint8Array(3))')).toBe(
      'display.image: expected the bytes of a PNG, JPEG, GIF or WebP image, received 3 bytes that begin with 00 00 00',
    );
    expect(await messageOf('newDisplay().html(5)')).toBe('display.html: expected a string, received 5');
  });
});

describe('values of libraries', () => {
  it('a training is shown as its learning curve', async () => {
    const fit = `({ epoch: [0, 1], params: {}, history: { loss: [2, 1], val_loss: [3, 2] } })`;
    const { outputs } = await kernel.execute(fit);
    expect(outputs).toMatchObject([
      {
        data: {
          'application/vnd.plotly.v1+json': { data: [{ y: [2, 1] }, { y: [3, 2] }] },
          'text/html': expect.stringContaining('<svg'),
          'text/plain': 'Loss fell from 2 to 1 in 2 epochs. validation loss 2, its best',
        },
      },
    ]);
    const { outputs: displayed } = await kernel.execute(`k.display(${fit});`);
    expect(displayed).toMatchObject([{ data: { 'text/plain': expect.stringMatching(/^Loss fell/) } }]);
    const { outputs: other } = await kernel.execute('({ epoch: 3, history: { loss: "high" } })');
    expect(textOf(other[0])).toBe("{ epoch: 3, history: { loss: 'high' } }");
  });

  it('tensors within other values and in the console say what they are', async () => {
    const { outputs } = await kernel.execute(`
      import * as tf from '@tensorflow/tfjs';
      console.log(tf.tensor([1, 2]), { xs: tf.zeros([2, 2]) });
      ({ loss: tf.scalar(3), gone: tf.tidy(() => { const t = tf.zeros([2]); t.dispose(); return [t.shape]; }) })`);
    const texts = outputs.map(output => (output as { text?: string }).text ?? textOf(output));
    expect(texts.at(-2)).toBe('Tensor float32 [2]\n[1, 2] { xs: Tensor float32 [2, 2] }\n');
    expect(texts.at(-1)).toBe('{ loss: Tensor float32 [] 3, gone: [ [ 2 ] ] }');
  });
});

describe('what some programs cannot show comes as HTML, too', () => {
  const formsOf = async (code: string) => {
    const { outputs } = await kernel.execute(code);
    return outputs.map(output => (output as { data: Record<string, unknown> }).data);
  };

  it('an SVG', async () => {
    const svg = '<svg width="9"><circle r="1"/></svg>';
    const element = `class Drawn { get outerHTML() { return '${svg}'; } }\nnew Drawn()`;
    const codes = [`k.display.svg('${svg}');`, `import { display } from 'tslab';\ndisplay.svg('${svg}');`, element];
    for (const code of codes) {
      const [data] = await formsOf(code);
      expect(data!['image/svg+xml']).toBe(svg);
      const [, encoded] = /^<img [^>]*src="data:image\/svg\+xml;base64,([^"]+)">$/.exec(String(data!['text/html']))!;
      expect(Buffer.from(encoded!, 'base64').toString()).toBe(
        svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"'),
      );
    }
  });

  it('a Plotly figure, drawn or in words; one that has HTML keeps it', async () => {
    const type = 'application/vnd.plotly.v1+json';
    const figure = (parts: string) => `({ [Symbol.for('Jupyter.display')]: () => ({ '${type}': ${parts} }) })`;
    for (const code of [
      `k.display.raw('${type}', { data: [{ y: [1, 2] }] });`,
      figure('{ data: [{ y: [1, 2] }] }'),
      `k.display(${figure('{ data: [{ y: [1, 2] }] }')});`,
    ]) {
      expect(await formsOf(code)).toMatchObject([
        {
          [type]: { data: [{ y: [1, 2] }] },
          'text/html': expect.stringMatching(/^<svg/),
          'text/plain': expect.any(String),
        },
      ]);
    }
    const [pie] = await formsOf(figure("{ data: [{ type: 'pie' }], layout: { title: '<i>A & B</i>' } }"));
    expect(pie!['text/html']).toBe(
      '<p>Plotly figure &quot;A &amp; B&quot;: pie. It is drawn where there is Plotly.</p>',
    );
    const [own] = await formsOf(figure("{ data: [] }, 'text/html': 'own'"));
    expect(own!['text/html']).toBe('own');
  });
});

describe('what a call shows', () => {
  it('is not shown once more as the value of the cell', async () => {
    expect((await kernel.execute("k.display('x');")).outputs).toHaveLength(1);
    const { outputs } = await kernel.execute("import { show } from 'learnable';\nshow('x')");
    expect(outputs.map(textOf)).toEqual(['x']);
  });

  it('in its own time holds the end of the cell', async () => {
    const { outputs } = await kernel.execute(`
      const slow = (text: string) => ({
        [Symbol.for('Jupyter.display')]: async () => {
          await new Promise(done => setTimeout(done, 30));
          return { 'text/plain': text };
        },
      });
      k.display(slow('one'));
      show(slow('two'));`);
    expect(outputs.map(textOf)).toEqual(['one', 'two']);
  });
});
