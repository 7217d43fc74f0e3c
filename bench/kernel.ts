/** What the kernel costs, in medians, beside what we aim for. Run: npm run bench kernel */
import { startKernel } from '../src/kernel/client/index.ts';

type Kernel = Awaited<ReturnType<typeof startKernel>>;

const cwd = process.cwd();
/** As between two cells of a reader: a cell is committed to the checker after its reply. */
const PAUSE_MS = 50;
const now = () => performance.now();
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = now();
  await action();
  return now() - start;
}

async function repeated(count: number, action: (index: number) => Promise<unknown>, pauseMs = 0): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    times.push(await timed(() => action(index)));
    if (pauseMs > 0) await new Promise(resolve => setTimeout(resolve, pauseMs));
  }
  return median(times);
}

async function readyTime(): Promise<number> {
  const start = now();
  const kernel = await startKernel({ cwd });
  const time = now() - start;
  await kernel.shutdown();
  return time;
}

async function must(kernel: Kernel, code: string): Promise<void> {
  const { status, content } = await kernel.execute(code);
  if (status !== 'ok') throw new Error(`${code}\n${(content.traceback as string[] | undefined)?.join('\n')}`);
}

async function interruptTime(kernel: Kernel): Promise<number> {
  const running = kernel.execute('while (true) {}');
  await new Promise(resolve => setTimeout(resolve, 50));
  return timed(async () => {
    await kernel.interrupt();
    await running;
  });
}

function memoryMegabytes(): string {
  return '(await import("node:fs")).existsSync("/proc/self/status") ? process.memoryUsage().rss / 2 ** 20 : NaN';
}

async function main(): Promise<void> {
  const ready: number[] = [];
  for (let round = 0; round < 5; round++) ready.push(await readyTime());

  const kernel = await startKernel({ cwd });
  const rows: [string, number, string][] = [['ready', median(ready), '500']];
  rows.push(['first cell', await timed(() => must(kernel, 'const zero = 0')), '']);
  const trivial = (index: number) => must(kernel, `const v${index} = ${index}; v${index}`);
  rows.push(['trivial cell, checked', await repeated(30, trivial, PAUSE_MS), '3']);
  rows.push(['… one right after another', await repeated(30, index => trivial(index + 30)), '']);
  rows.push(['import of tfjs', await timed(() => must(kernel, "import * as tf from '@tensorflow/tfjs'")), '']);
  const tfjs = (index: number) =>
    must(kernel, `const t${index} = tf.tensor([1, 2, ${index}]).square(); t${index}.shape`);
  rows.push(['cell using tfjs', await repeated(20, tfjs, PAUSE_MS), '8']);
  const complete = () => kernel.request('shell', 'complete_request', { code: 'tf.', cursor_pos: 3 });
  rows.push(['completion after tf.', await repeated(10, complete), '10']);
  const running = kernel.execute('{ const until = Date.now() + 1500; while (Date.now() < until); }');
  rows.push(['… while a cell runs', await repeated(5, complete), '10']);
  await running;
  rows.push(['interrupt of a tight loop', await repeated(5, () => interruptTime(kernel)), '']);
  const lines = () => must(kernel, 'for (let i = 0; i < 100_000; i++) console.log("line", i)');
  rows.push(['100,000 lines', await repeated(3, lines), '500']);
  const { outputs } = await kernel.execute(memoryMegabytes());
  await kernel.shutdown();

  console.log('| figure | ms | aim |\n|---|---|---|');
  for (const [name, time, aim] of rows) console.log(`| ${name} | ${time.toFixed(1)} | ${aim} |`);
  const memory = outputs.find(output => output.output_type === 'execute_result');
  console.log(
    `\nMemory of the process, MB: ${memory && 'data' in memory ? Number(memory.data['text/plain']).toFixed(0) : '?'}`,
  );
}

await main();
