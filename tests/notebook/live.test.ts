import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newRun, onProgress, reportProgress } from '../../src/core/index.ts';
import { deliverPendingDisplays } from '../../src/display/channel.ts';
import { useSink } from '../../src/notebook/index.ts';
import { recorder } from './recorder.ts';

let sink: ReturnType<typeof recorder>;
let end: () => void;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  sink = recorder();
  end = useSink(sink);
});
afterEach(() => {
  deliverPendingDisplays();
  end();
  vi.useRealTimers();
});

function run(epochs: number, live: boolean, reason: 'completed' | 'failed' = 'completed') {
  const id = newRun();
  reportProgress({ kind: 'fit-start', id, epochs: 40, batches: 2, samples: 64, scores: ['loss'], live });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (let batch = 1; batch <= 2; batch++) {
      reportProgress({ kind: 'fit-batch', id, epoch, batch, batches: 2, scores: { loss: 1 / epoch } });
      vi.advanceTimersByTime(10);
    }
    const scores = { loss: 1 / epoch, valLoss: 2 / epoch };
    reportProgress({ kind: 'fit-epoch', id, epoch, epochs: 40, scores, milliseconds: 20 });
  }
  reportProgress({ kind: 'fit-end', id, reason, epochs, milliseconds: 800 });
  deliverPendingDisplays();
}

const lastOf = (displayId: string | undefined) =>
  sink.calls.filter(call => call.options.displayId === displayId).at(-1)!.bundle;

describe('a live fit', () => {
  it('is a bar and a curve, redrawn in place, not at every step', () => {
    run(40, true);
    const ids = [...new Set(sink.calls.map(call => call.options.displayId))];
    expect(ids).toHaveLength(2);
    expect(sink.calls.filter(call => !call.options.update)).toHaveLength(2);
    expect(sink.calls.length).toBeLessThan(40);

    expect(lastOf(ids[0])['text/plain']).toBe(
      '[####################] 40 epochs in 0.8 s · loss 0.025 · validation loss 0.05',
    );
    expect(lastOf(ids[0])['text/html']).toContain('aria-valuenow="100"');
    const { data, layout } = lastOf(ids[1])['application/vnd.plotly.v1+json'] as {
      data: { name: string; y: number[] }[];
      layout: { xaxis: { range: number[] } };
    };
    expect(data.map(trace => [trace.name, trace.y.length])).toEqual([
      ['training', 40],
      ['validation', 40],
    ]);
    expect(layout.xaxis.range).toEqual([expect.closeTo(0.2), expect.closeTo(40.8)]);
  });

  it('says where it failed', () => {
    run(3, true, 'failed');
    expect(lastOf(sink.calls[0]!.options.displayId)['text/plain']).toBe(
      '[##------------------] failed after 3 of 40 epochs in 0.8 s · loss 0.333 · validation loss 0.667',
    );
  });

  it('shows where it is meanwhile', () => {
    const id = newRun();
    reportProgress({ kind: 'fit-start', id, epochs: 4, batches: 2, samples: 64, scores: ['loss'], live: true });
    vi.advanceTimersByTime(2000);
    reportProgress({ kind: 'fit-batch', id, epoch: 2, batch: 2, batches: 2, scores: { loss: 0.5 } });
    expect(sink.texts()).toEqual([
      '[--------------------] epoch 1 of 4',
      '[##########----------] epoch 2 of 4 · loss 0.5 · 2.0 s left',
    ]);
  });

  it('draws nothing if it was not asked for, and nothing outside a notebook', () => {
    run(3, false);
    expect(sink.calls).toEqual([]);
    end();
    const print = vi.spyOn(process.stdout, 'write');
    run(3, true);
    expect(print).not.toHaveBeenCalled();
    print.mockRestore();
  });
});

describe('a task', () => {
  it('gets a bar if it takes long', () => {
    const id = newRun();
    reportProgress({ kind: 'task-start', id, label: 'Unpacking', total: 10 });
    reportProgress({ kind: 'task-step', id, done: 1 });
    expect(sink.calls).toEqual([]);
    vi.advanceTimersByTime(500);
    reportProgress({ kind: 'task-step', id, done: 5 });
    reportProgress({ kind: 'task-end', id, reason: 'completed' });
    deliverPendingDisplays();
    expect(sink.texts()[0]).toBe('[##########----------] Unpacking: 5 of 10');
    expect(sink.texts().at(-1)).toBe('[####################] Unpacking: completed in 0.5 s');
  });
});

it('watching goes on after a run: the listener was not dropped', () => {
  const seen: string[] = [];
  const stop = onProgress(event => seen.push(event.kind));
  run(1, true);
  run(1, true);
  stop();
  expect(seen.filter(kind => kind === 'fit-end')).toHaveLength(2);
  expect(sink.calls.filter(call => !call.options.update)).toHaveLength(4);
});
