/** One number per name, such as `{ loss: 0.31, accuracy: 0.9 }`. */
export type Scores = Record<string, number>;

export type ProgressEvent = FitStart | FitBatch | FitEpoch | FitEnd | TaskStart | TaskStep | TaskEnd;

/** `id` is the same in all events of one run, and no other run of this process has it. */
interface Run {
  id: number;
}

export interface FitStart extends Run {
  kind: 'fit-start';
  epochs: number;
  batches: number;
  samples: number;
  /** The names that each epoch will report, `loss` first. */
  scores: string[];
  /** The caller asked to see the run move: a bar and a curve. */
  live: boolean;
}

export interface FitBatch extends Run {
  kind: 'fit-batch';
  /** From 1. */
  epoch: number;
  /** From 1. */
  batch: number;
  batches: number;
  /** Averages over the epoch so far. */
  scores: Scores;
}

export interface FitEpoch extends Run {
  kind: 'fit-epoch';
  epoch: number;
  epochs: number;
  scores: Scores;
  milliseconds: number;
}

export interface FitEnd extends Run {
  kind: 'fit-end';
  reason: 'completed' | 'stopped' | 'failed';
  /** How many epochs were completed. */
  epochs: number;
  milliseconds: number;
}

/** Any other long work: unpacking a dataset, checking an exercise. */
export interface TaskStart extends Run {
  kind: 'task-start';
  label: string;
  total?: number;
}

export interface TaskStep extends Run {
  kind: 'task-step';
  done: number;
  total?: number;
}

export interface TaskEnd extends Run {
  kind: 'task-end';
  reason: 'completed' | 'stopped' | 'failed';
}

export type ProgressListener = (event: ProgressEvent) => void;

const listeners = new Set<{ listen: ProgressListener }>();
let lastRun = 0;

/** Calls the listener with every event from now on; the returned function ends that. */
export function onProgress(listener: ProgressListener): () => void {
  const entry = { listen: listener };
  listeners.add(entry);
  return () => {
    listeners.delete(entry);
  };
}

/** Tells all listeners. One that throws is dropped with a warning: watching never breaks what is watched. */
export function reportProgress(event: ProgressEvent): void {
  for (const entry of [...listeners]) {
    if (!listeners.has(entry)) continue;
    try {
      entry.listen(event);
    } catch (error) {
      listeners.delete(entry);
      const reason = error instanceof Error ? error.message : String(error);
      process.emitWarning(`A progress listener failed and was removed: ${reason}`, 'LearnableWarning');
    }
  }
}

/** An id for a run's events. */
export function newRun(): number {
  return ++lastRun;
}
