import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as data from '../../src/data/index.ts';
import { DISPLAY, deliverPendingDisplays, installDisplayChannel } from '../../src/display/channel.ts';
import { html, md, show, useSink } from '../../src/notebook/index.ts';
import * as plot from '../../src/plot/index.ts';
import { recorder } from './recorder.ts';

describe('show', () => {
  let sink: ReturnType<typeof recorder>;
  let end: () => void;
  beforeEach(() => {
    sink = recorder();
    end = useSink(sink);
  });
  afterEach(() => {
    deliverPendingDisplays();
    end();
  });

  it('shows a figure in its three forms', () => {
    show(plot.line([3, 2, 1], { title: 'down' }));
    expect(sink.calls).toHaveLength(1);
    expect(Object.keys(sink.calls[0]!.bundle)).toEqual(['application/vnd.plotly.v1+json', 'text/html', 'text/plain']);
  });

  it('shows frames as tables, tensors and all else as text', async () => {
    await tf.setBackend('cpu');
    const tensor = tf.tensor2d([[1, 2]]);
    show(data.frame({ a: [1, null] }), tensor, 'plain text', { deep: [1] }, undefined, Promise.resolve(1));
    expect(sink.calls[0]!.bundle['text/html']).toContain('<table');
    expect(sink.texts().slice(1)).toEqual([
      'Tensor float32 [1, 2]\n[[1, 2]]',
      'plain text',
      '{ deep: [ 1 ] }',
      'undefined',
      'Promise { 1 }',
    ]);
    tensor.dispose();
    show(tensor);
    expect(sink.texts().at(-1)).toMatch(/^Tensor float32 \[1, 2\], disposed: /);
  });

  it('redraws in place: the same id, the last always', () => {
    const first = show('a', 'b');
    show('other');
    for (let i = 0; i < 50; i++) first.update(`a${i}`, `b${i}`);
    deliverPendingDisplays();
    const ids = sink.calls.map(call => call.options.displayId);
    expect(new Set(ids.slice(0, 3)).size).toBe(3);
    const ofFirst = sink.calls.filter(call => call.options.displayId === ids[0]);
    expect(ofFirst.map(call => call.options.update)).toEqual([false, true, true]);
    expect(ofFirst.at(-1)!.bundle['text/plain']).toBe('a49');
    expect(sink.texts()).not.toContain('a25');
  });

  it('draws only the figures that are shown', () => {
    const drawn: number[] = [];
    const picture = (i: number) => ({ [DISPLAY]: () => ({ 'text/plain': `${drawn.push(i)}` }) });
    const shown = show(picture(0));
    for (let i = 1; i <= 1000; i++) shown.update(picture(i));
    deliverPendingDisplays();
    expect(drawn.length).toBeLessThan(20);
    expect(drawn.at(-1)).toBe(1000);
  });

  it('keeps the place of a value that takes its time', async () => {
    let finish: (bundle: Record<string, string>) => void = () => {};
    show({
      [DISPLAY]: () =>
        new Promise<Record<string, string>>(resolve => {
          finish = resolve;
        }),
    });
    show('below');
    finish({ 'text/plain': 'slow' });
    await vi.waitFor(() => expect(sink.calls).toHaveLength(3));
    expect(sink.texts()).toEqual(['…', 'below', 'slow']);
    expect(sink.calls[2]!.options).toEqual({ displayId: sink.calls[0]!.options.displayId, update: true });
  });

  it('says that an update could not be shown, and goes on', () => {
    const shown = show('fine');
    shown.update({
      [DISPLAY]: () => {
        throw new Error('no');
      },
    });
    expect(sink.texts().at(-1)).toBe('This value could not be shown: no');
    shown.update('fine again');
    deliverPendingDisplays();
    expect(sink.texts().at(-1)).toBe('fine again');
  });
});

describe('kinds of content', () => {
  it('formulas, trees, images and progress', () => {
    const sink = recorder();
    const end = useSink(sink);
    show.latex('$x^2$').update('$x^3$');
    show.json({ a: [1] });
    show.image(Buffer.from('iVBORw0KGgo=', 'base64'));
    let sum = 0;
    for (const n of show.progress([1, 2, 3], { label: 'Adding' })) sum += n;
    deliverPendingDisplays();
    end();
    expect(sum).toBe(6);
    const bundles = sink.calls.map(call => call.bundle);
    expect(bundles).toContainEqual({ 'text/latex': '$x^2$', 'text/plain': '$x^2$' });
    expect(bundles).toContainEqual({ 'application/json': { a: [1] }, 'text/plain': '{ a: [ 1 ] }' });
    expect(bundles).toContainEqual({ 'image/png': 'iVBORw0KGgo=', 'text/plain': '[image/png, 8 bytes]' });
    expect(sink.texts().at(-1)).toMatch(/^\[#{20}\] Adding: 3 in 0\.\d s$/);
    expect(() => show.image('x' as never)).toThrow(
      "show.image: expected the bytes of a PNG, JPEG, GIF or WebP image, received 'x'",
    );
  });
});

describe('where it is shown', () => {
  it("in a notebook by the kernel's channel", () => {
    const kernel = recorder();
    installDisplayChannel({ ...kernel, clearOutput: () => {}, signal: new AbortController().signal });
    try {
      show(1);
    } finally {
      installDisplayChannel(undefined as never);
    }
    expect(kernel.texts()).toEqual(['1']);
  });

  it('outside of one as printed text, once', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      show(plot.line([1, 2])).update(plot.line([1, 3]));
      deliverPendingDisplays();
      expect(write.mock.calls).toEqual([['Value: from 1 to 2\n']]);
    } finally {
      write.mockRestore();
    }
  });
});

describe('html and md', () => {
  const bundleOf = (value: ReturnType<typeof html>) => value[DISPLAY]() as Record<string, unknown>;

  it('html escapes values, but not html', () => {
    const inner = html`<b>${'<x>'}</b>`;
    expect(bundleOf(html`<p>${inner} ${'"&'}</p>`)).toEqual({
      'text/html': '<p><b>&lt;x&gt;</b> &quot;&amp;</p>',
      'text/plain': '&lt;x&gt; &quot;&amp;',
    });
    expect(html`${{ text: '<script>' }}`.text).not.toContain('<script>');
  });

  it('md keeps the backslashes of formulas', () => {
    expect(bundleOf(md`$\nabla L$ is ${0.5}`)['text/markdown']).toBe('$\\nabla L$ is 0.5');
  });
});
