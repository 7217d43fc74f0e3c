import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One that has ended counts as ended, also while nobody has asked for its exit code. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\S+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** True once the process has ended, within that time. */
export async function gone(pid: number, withinMs: number): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until; ) {
    if (!isAlive(pid)) return true;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return false;
}

/** Which processes of TypeScript that process has started. Linux only. */
export function typeScriptProcesses(parent: number): number[] {
  const options = ['-ww', '-o', 'pid=,args=', '--ppid', String(parent)];
  const lines = execFileSync('ps', options, { encoding: 'utf8' }).split('\n');
  return lines.filter(line => line.includes(' --api ')).map(line => Number.parseInt(line, 10));
}
