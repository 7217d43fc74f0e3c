import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Inputs } from './inputs.ts';
import type { Figure } from './measure.ts';

export interface Python {
  versions: string;
  time(task: string): Promise<Figure>;
  end(): void;
}

const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** A Python that waits for tasks and times them itself; undefined where there is none with scikit-learn and pandas. */
export async function startPython(inputs: Inputs): Promise<Python | undefined> {
  const command = [process.env.PYTHON, 'python3', '/usr/bin/python3'].find(
    name => name && spawnSync(name, ['-c', 'import sklearn, pandas'], { stdio: 'ignore' }).status === 0,
  );
  if (!command) return undefined;
  const child = spawn(command, [fileURLToPath(new URL('peers.py', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...ONE_THREAD },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (question: object): Promise<Figure & { versions: string }> => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const line = await lines.next();
    if (line.done) throw new Error('Python ended');
    return JSON.parse(line.value);
  };
  const files = Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]) =>
      typeof input === 'string' ? [] : [[name, { file: input.file, shape: input.shape }]],
    ),
  );
  const { versions } = await ask({ files, birdstrikes: inputs.birdstrikes });
  return {
    versions,
    time: task => ask({ task }),
    end: () => child.stdin.end(),
  };
}
