import { BenchClient, CutOff, Died } from './client.ts';
import { treeMegabytes } from './memory.ts';
import type { Peer } from './peers.ts';

/** A figure: a number that can be compared, or what happened instead. */
export type Figure = { value: number; note?: string } | string;
export type Figures = Partial<Record<Row, Figure>>;

export type Row =
  | 'ready'
  | 'firstCell'
  | 'trivial'
  | 'trivialInARow'
  | 'importTfjs'
  | 'tfjs'
  | 'completion'
  | 'completionWhileBusy'
  | 'interruptAwaited'
  | 'interruptTight'
  | 'interruptAfterAwait'
  | 'lines'
  | 'memoryIdle'
  | 'memoryAfter';

/** As between two cells of a reader. */
const PAUSE_MS = 50;
const LINES = 100_000;
const INTERRUPTS = 5;

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
export const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Measures one kernel, each group of rows on a fresh process; what hangs or dies costs its own rows only. */
export async function measure(peer: Peer, directory: string): Promise<Figures> {
  const figures: Figures = {};
  const fresh = async (rows: Row[], work: (client: BenchClient) => Promise<void>) => {
    let client: BenchClient | undefined;
    try {
      client = await BenchClient.start(peer, directory);
      await work(client);
    } catch (error) {
      for (const row of rows) figures[row] ??= failure(error);
    } finally {
      await client?.close();
    }
  };
  try {
    Object.assign(figures, await startTimes(peer, directory));
  } catch (error) {
    figures.ready = failure(error);
  }
  await fresh(['trivial', 'trivialInARow'], client => cellTimes(client, figures));
  if (peer.cells.tfjs) await fresh(['importTfjs', 'tfjs'], client => tfjsTimes(client, figures));
  await fresh(['completion', 'completionWhileBusy'], client => completionTimes(client, figures));
  const places = { awaited: 'interruptAwaited', tight: 'interruptTight', afterAwait: 'interruptAfterAwait' } as const;
  for (const [place, row] of Object.entries(places) as [keyof typeof places, Row][]) {
    await fresh([row], async client => {
      figures[row] = await interruptTime(client, peer.cells.hang[place]);
    });
  }
  await fresh(['lines'], async client => {
    figures.lines = await lineTime(client);
  });
  if (process.platform === 'linux') await fresh(['memoryIdle', 'memoryAfter'], client => memory(client, figures));
  return figures;
}

function failure(error: unknown): string {
  if (error instanceof CutOff) return 'hangs';
  if (error instanceof Died) return 'dies';
  return `fails: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
}

async function startTimes(peer: Peer, directory: string): Promise<Figures> {
  const ready: number[] = [];
  const first: number[] = [];
  for (let round = 0; round < 5; round++) {
    const client = await BenchClient.start(peer, directory);
    try {
      ready.push(client.readyMs);
      first.push(client.readyMs + (await client.run(peer.cells.trivial(0))));
    } finally {
      await client.close();
    }
  }
  return { ready: { value: median(ready) }, firstCell: { value: median(first) } };
}

async function cellTimes(client: BenchClient, figures: Figures): Promise<void> {
  const { trivial } = client.peer.cells;
  await client.run(trivial(0));
  figures.trivial = { value: await medianOf(30, index => client.run(trivial(index + 1)), PAUSE_MS) };
  figures.trivialInARow = { value: await medianOf(30, index => client.run(trivial(index + 31))) };
}

async function tfjsTimes(client: BenchClient, figures: Figures): Promise<void> {
  const { importTfjs, tfjs } = client.peer.cells;
  await client.run('0');
  figures.importTfjs = { value: await client.run(importTfjs!, 60_000) };
  await client.run(tfjs!(0));
  figures.tfjs = { value: await medianOf(30, index => client.run(tfjs!(index + 1)), PAUSE_MS) };
}

async function completionTimes(client: BenchClient, figures: Figures): Promise<void> {
  const { importTfjs, beforeCompletion, complete: code, spin } = client.peer.cells;
  await client.run(importTfjs ?? beforeCompletion, 60_000);
  const complete = async () => {
    const startedAt = performance.now();
    const { content } = await client.request('shell', 'complete_request', { code, cursor_pos: code.length });
    const found = (content.matches as unknown[] | undefined)?.length ?? 0;
    if (found < 20) throw new Error(`${found} completions of ${code}`);
    return performance.now() - startedAt;
  };
  await complete();
  figures.completion = { value: await medianOf(10, complete, PAUSE_MS) };
  let isRunning = true;
  const running = client.run(spin(3)).finally(() => {
    isRunning = false;
  });
  running.catch(() => {});
  await pause(100);
  const times: number[] = [];
  while (isRunning && times.length < 5) times.push(await complete());
  figures.completionWhileBusy = { value: median(times) };
  await running;
}

/** From the request to stop until the cell's reply and `idle`, several times in one kernel, whose state must be kept. */
async function interruptTime(client: BenchClient, hanging: string): Promise<Figure> {
  const { keep, isKept } = client.peer.cells;
  await client.run(keep);
  const times: number[] = [];
  for (let round = 0; round < INTERRUPTS; round++) {
    let askedAt = 0;
    const running = client.execute(hanging, 5_000);
    running.catch(() => {});
    await pause(300);
    askedAt = performance.now();
    await client.interrupt();
    const { status } = await running;
    times.push(performance.now() - askedAt);
    if (status === 'ok') return 'goes on';
    await pause(250); // after an error, one of the peers refuses everything for 200 ms
    if ((await client.execute(isKept)).status !== 'ok') return 'state lost';
  }
  return { value: median(times) };
}

async function lineTime(client: BenchClient): Promise<Figure> {
  let received = 0;
  const stop = client.onMessage(({ header, content }) => {
    if (header.msg_type === 'stream') received += String(content.text).split('\n').length - 1;
  });
  try {
    const value = await client.run(client.peer.cells.lines(LINES), 30_000);
    return received === LINES ? { value } : { value, note: `${LINES - received} lines after idle or never` };
  } catch (error) {
    return `${failure(error)}, ${received} lines came`;
  } finally {
    stop();
  }
}

async function memory(client: BenchClient, figures: Figures): Promise<void> {
  const { trivial } = client.peer.cells;
  await client.run(trivial(0));
  await pause(2000);
  figures.memoryIdle = { value: treeMegabytes(client.process.pid!) };
  for (let index = 1; index <= 150; index++) await client.run(trivial(index));
  await pause(500);
  figures.memoryAfter = { value: treeMegabytes(client.process.pid!) };
}

async function medianOf(count: number, action: (index: number) => Promise<number>, pauseMs = 0): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    times.push(await action(index));
    if (pauseMs > 0) await pause(pauseMs);
  }
  return median(times);
}
