import { onProgress, type ProgressEvent, type Scores } from '../core/index.ts';
import { bar, formatDuration } from '../display/bar.ts';
import { type Figure, history } from '../plot/index.ts';
import { showOne } from './show.ts';
import { currentSink, type Sink } from './sink.ts';

/** Work that ends sooner than this gets no bar. */
const PATIENCE_MS = 250;

interface View {
  handle(event: ProgressEvent): void;
}

/**
 * Draws what reports progress: a bar for each long task, a bar and a learning curve for each `train.fit(…, { live: true })`.
 * Outside a notebook it draws nothing. The returned function ends it.
 */
export function drawProgress(): () => void {
  const views = new Map<number, View>();
  return onProgress(event => {
    const sink = currentSink();
    if (event.kind === 'fit-start' && event.live && sink) views.set(event.id, fitView(event, sink));
    if (event.kind === 'task-start' && sink) views.set(event.id, taskView(event, sink));
    views.get(event.id)?.handle(event);
    if (event.kind === 'fit-end' || event.kind === 'task-end') views.delete(event.id);
  });
}

type FitStart = Extract<ProgressEvent, { kind: 'fit-start' }>;
type TaskStart = Extract<ProgressEvent, { kind: 'task-start' }>;
type Reason = 'completed' | 'stopped' | 'failed';

function fitView(start: FitStart, sink: Sink): View {
  const { epochs, batches } = start;
  const curves: Record<string, number[]> = {};
  const began = performance.now();
  const progress = showOne(bar({ share: 0, text: `epoch 1 of ${epochs}`, state: 'running' }), sink);
  let curve: { update(value: unknown): void } | undefined;
  let done = 0;
  let latest: Scores = {};

  const drawBar = (epoch: number, share: number) => {
    const elapsed = performance.now() - began;
    const left = share > 0.02 && elapsed > 1000 ? ` · ${formatDuration((elapsed * (1 - share)) / share)} left` : '';
    const text = `epoch ${epoch} of ${epochs}${scoresText(latest)}${left}`;
    progress.update(bar({ share, text, state: 'running' }));
  };
  return {
    handle(event) {
      switch (event.kind) {
        case 'fit-batch':
          latest = { ...latest, ...event.scores };
          drawBar(event.epoch, (event.epoch - 1 + event.batch / Math.max(1, event.batches || batches)) / epochs);
          break;
        case 'fit-epoch': {
          done = event.epoch;
          latest = event.scores;
          for (const [name, value] of Object.entries(event.scores)) {
            curves[name] ??= [];
            curves[name].push(value);
          }
          drawBar(Math.min(epochs, done + 1), done / epochs);
          const figure = curveOf(curves, epochs);
          if (figure && curve) curve.update(figure);
          else if (figure) curve = showOne(figure, sink);
          break;
        }
        case 'fit-end': {
          const state = event.reason === 'failed' ? 'failed' : 'done';
          const text = `${endText(event.reason, event.epochs, epochs)} in ${formatDuration(event.milliseconds)}${scoresText(latest)}`;
          progress.update(bar({ share: event.reason === 'completed' ? 1 : done / epochs, text, state }));
        }
      }
    },
  };
}

/** The x axis spans all epochs from the start, so that the curve grows and the axis stays. */
function curveOf(curves: Record<string, number[]>, epochs: number): Figure | undefined {
  if (!curves.loss) return undefined;
  return history(curves, { xRange: [1 - 0.02 * epochs, Math.max(1.5, 1.02 * epochs)] });
}

function scoresText(scores: Scores): string {
  return Object.entries(scores)
    .map(([name, value]) => ` · ${wordsOf(name)} ${Number.isFinite(value) ? Number(value.toPrecision(3)) : value}`)
    .join('');
}

/** `valLoss` → `validation loss`, `meanSquaredError` → `mean squared error` */
function wordsOf(name: string): string {
  return name
    .replace(/^val(?=[A-Z_])_?/, 'validation ')
    .replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
    .replace(/\s+/g, ' ');
}

function endText(reason: Reason, done: number, epochs: number): string {
  if (reason === 'completed') return `${done} epoch${done === 1 ? '' : 's'}`;
  return `${reason} after ${done} of ${epochs} epochs`;
}

function taskView({ label, total: expected }: TaskStart, sink: Sink): View {
  const began = performance.now();
  let total = expected;
  let done = 0;
  let shown: { update(value: unknown): void } | undefined;

  return {
    handle(event) {
      if (event.kind !== 'task-step' && event.kind !== 'task-end') return;
      if (event.kind === 'task-step') {
        done = event.done;
        total = event.total ?? total;
      }
      const elapsed = performance.now() - began;
      if (!shown && elapsed < PATIENCE_MS) return;
      const picture = bar(taskState(event.kind === 'task-end' ? event.reason : undefined, label, done, total, elapsed));
      if (shown) shown.update(picture);
      else shown = showOne(picture, sink);
    },
  };
}

function taskState(
  reason: Reason | undefined,
  label: string,
  done: number,
  total: number | undefined,
  elapsed: number,
): { share: number | undefined; text: string; state: 'running' | 'done' | 'failed' } {
  const share = total ? done / total : undefined;
  if (reason === undefined)
    return { share, text: `${label}: ${total ? `${done} of ${total}` : done}`, state: 'running' };
  const text = `${label}: ${reason} in ${formatDuration(elapsed)}`;
  return { share: reason === 'completed' ? 1 : share, text, state: reason === 'failed' ? 'failed' : 'done' };
}
