import childProcess, { type ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Runs code that starts a process, and gives that process too. It gets a group of its own: Ctrl-C in a terminal, and clients
 * that interrupt by a signal, mean the kernel and the processes of its cells.
 */
export function startApart<T>(start: () => T): { started: T; child: ChildProcess | undefined } {
  const original = childProcess.spawn;
  let child: ChildProcess | undefined;
  const spawnApart = (command: string, parameters: string[], options: object) => {
    // On Windows that would open a console.
    const begun = original(command, parameters, { ...options, detached: process.platform !== 'win32' });
    begun.on('error', () => {}); // that it has not started is told below
    if (begun.pid === undefined)
      throw new Error(`${command} cannot be started: it is missing, or this user may not run it`);
    child = begun;
    return begun;
  };
  childProcess.spawn = spawnApart as typeof original;
  syncBuiltinESMExports();
  try {
    return { started: start(), child };
  } finally {
    childProcess.spawn = original;
    syncBuiltinESMExports();
  }
}

/**
 * Has a process killed if this one dies without a word; returns what calls that off. Costs a process of its own, a shell that
 * waits for the end of its input. On Windows processes end with the one that started them.
 */
export function dieWithUs(pid: number): () => void {
  if (process.platform === 'win32') return () => {};
  const guard = childProcess.spawn('/bin/sh', ['-c', 'read _; kill -9 "$0"', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => {}); // a system without a shell
  guard.unref();
  return () => guard.kill('SIGKILL');
}
