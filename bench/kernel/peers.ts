import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelSpec } from '../../src/kernel/spec/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The same work in the language of the peer. */
export interface Cells {
  /** A constant that is made and shown. */
  trivial(index: number): string;
  importTfjs?: string;
  tfjs?(index: number): string;
  /** Run first, so that `complete` has members to list. */
  beforeCompletion: string;
  complete: string;
  keep: string;
  /** Fails unless {@link keep} is still there. */
  isKept: string;
  spin(seconds: number): string;
  lines(count: number): string;
  hang: { awaited: string; tight: string; afterAwait: string };
}

export interface Peer {
  name: string;
  /** With `{connection_file}`; undefined when it is not installed. */
  command?: string[];
  env?: Record<string, string>;
  interruptMode: 'signal' | 'message';
  cells: Cells;
}

const typescript: Cells = {
  trivial: index => `const v${index} = ${index}; v${index}`,
  importTfjs: "import * as tf from '@tensorflow/tfjs'",
  tfjs: index => `const t${index} = tf.tensor([1, 2, ${index}]).square(); t${index}.shape`,
  beforeCompletion: '0',
  complete: 'tf.',
  keep: 'let kept: number = 1',
  isKept: 'kept + 1',
  spin: seconds => `{ const until = Date.now() + ${seconds * 1000}; while (Date.now() < until); }`,
  lines: count => `for (let i = 0; i < ${count}; i++) console.log('line', i)`,
  hang: {
    awaited: 'await new Promise(done => setTimeout(done, 60_000))',
    tight: 'while (true) kept++',
    afterAwait: 'await new Promise(done => setTimeout(done, 5)); while (true) kept++',
  },
};

const python: Cells = {
  trivial: index => `v${index} = ${index}\nv${index}`,
  beforeCompletion: 'import os',
  complete: 'os.',
  keep: 'kept = 1',
  isKept: 'kept + 1',
  spin: seconds => `import time\nuntil = time.time() + ${seconds}\nwhile time.time() < until: pass`,
  lines: count => `for i in range(${count}): print('line', i)`,
  hang: {
    awaited: 'import asyncio\nawait asyncio.sleep(60)',
    tight: 'while True: kept += 1',
    afterAwait: 'import asyncio\nawait asyncio.sleep(0.005)\nwhile True: kept += 1',
  },
};

/** Ours first, then whom we measure ourselves against. */
export function findPeers(): Peer[] {
  const python3 = process.env.PYTHON ?? 'python3';
  const deno = process.env.DENO ?? 'deno';
  return [
    { name: 'learnable', command: kernelSpec().argv, interruptMode: 'message', cells: typescript },
    {
      name: 'tslab',
      command: installed(tslabCommand(), ['--version']) && [
        ...tslabCommand(),
        'kernel',
        '--config-path',
        '{connection_file}',
      ],
      interruptMode: 'signal',
      cells: typescript,
    },
    {
      name: 'Deno',
      command: installed([deno], ['--version']) && [deno, 'jupyter', '--kernel', '--conn', '{connection_file}'],
      env: { DENO_NO_UPDATE_CHECK: '1' },
      interruptMode: 'signal',
      cells: typescript,
    },
    {
      name: 'ipykernel',
      command: installed([python3], ['-c', 'import ipykernel']) && [
        python3,
        '-Xfrozen_modules=off',
        '-m',
        'ipykernel_launcher',
        '-f',
        '{connection_file}',
      ],
      interruptMode: 'signal',
      cells: python,
    },
  ];
}

function tslabCommand(): string[] {
  try {
    const manifest = createRequire(path.join(root, 'package.json')).resolve('tslab/package.json');
    return [process.execPath, path.join(path.dirname(manifest), 'bin', 'tslab')];
  } catch {
    return ['tslab'];
  }
}

/** `undefined` when the command cannot be run, so that `&&` gives no command. */
function installed([command, ...rest]: string[], args: string[]): true | undefined {
  return spawnSync(command!, [...rest, ...args], { stdio: 'ignore' }).status === 0 || undefined;
}
