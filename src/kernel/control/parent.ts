const POLL_MS = 1000;

/** Calls back once the process that started this kernel (as Jupyter's clients name it in JPY_PARENT_PID) is gone. */
export function watchParent(onGone: () => void): void {
  const parent = parentToWatch(process.env, process.platform, process.ppid);
  if (parent === undefined) return;
  // An orphan gets another parent; on Windows it keeps the number. A launcher may stand in between.
  const isChild = process.ppid === parent && process.platform !== 'win32';
  const timer = setInterval(() => {
    if (isChild ? process.ppid === parent : exists(parent)) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
}

/** The process whose end ends the kernel; undefined for a kernel that nobody waits for. */
export function parentToWatch(
  env: Record<string, string | undefined>,
  platform: NodeJS.Platform,
  ppid: number,
): number | undefined {
  const named = Number(env.JPY_PARENT_PID);
  if (!Number.isInteger(named) || named <= 1) return undefined;
  // On Windows it is no process id: it is a handle of the parent, which only native code can use.
  return platform === 'win32' ? ppid : named;
}

export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
