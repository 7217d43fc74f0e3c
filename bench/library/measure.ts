import type { Python } from './python.ts';
import type { Task } from './tasks.ts';

export interface Figure {
  /** Milliseconds of processor time, the median of the rounds. */
  ms: number;
  /** What was found, to see that all did the same. */
  found: string;
}

export interface Measured {
  name: string;
  size: string;
  ours: Figure;
  npm: ({ name: string } & Figure) | undefined;
  python: ({ name: string } & Figure) | undefined;
}

/** A run shorter than this is repeated, so that the clock can tell it. */
const SHORTEST_MS = 60;

const WARM_UP_MS = 2000;

/** Each in turn, round by round, so that what else the machine does strikes all alike. */
export async function measureTask(task: Task, python: Python | undefined): Promise<Measured> {
  const rounds = task.rounds ?? 7;
  const ours: Figure[] = [];
  const npm: Figure[] = [];
  const others: Figure[] = [];
  // What is asked once runs for so long that it needs no warming up: the peer for minutes.
  const once = rounds === 1;
  const repeats = {
    ours: await repeatsOf(task.ours),
    npm: task.npm && !once ? await repeatsOf(task.npm.run) : 1,
  };
  for (let round = 0; round < rounds; round++) {
    ours.push(await timed(task.ours, repeats.ours));
    // The peers that take much longer are not asked as often.
    if (task.npm && (round === 0 || npm[0]!.ms < 4000)) npm.push(await timed(task.npm.run, repeats.npm));
    if (python && task.python) others.push(await python.time(task.python));
  }
  return {
    name: task.name,
    size: task.size,
    ours: median(ours),
    npm: task.npm && { name: task.npm.name, ...median(npm) },
    python: python && task.python ? { name: task.peer ?? 'scikit-learn', ...median(others) } : undefined,
  };
}

type Work = () => number | string | Promise<number | string>;

/** Runs it until it is compiled as well as it will be, and sees how often it must run to be told by the clock. */
async function repeatsOf(work: Work): Promise<number> {
  let last = (await timed(work, 1)).ms;
  for (let spent = last; spent < WARM_UP_MS; spent += last) last = (await timed(work, 1)).ms;
  return Math.max(1, Math.ceil(SHORTEST_MS / Math.max(0.01, last)));
}

async function timed(work: Work, repeats: number): Promise<Figure> {
  (globalThis as { gc?: () => void }).gc?.();
  const start = process.cpuUsage();
  let found: number | string = '';
  for (let i = 0; i < repeats; i++) found = await work();
  const { user, system } = process.cpuUsage(start);
  return { ms: (user + system) / 1000 / repeats, found: typeof found === 'number' ? found.toPrecision(6) : found };
}

function median(figures: readonly Figure[]): Figure {
  return [...figures].sort((a, b) => a.ms - b.ms)[figures.length >> 1]!;
}
