const POLL_MS = 1000;

/** Calls back once the process that started this kernel (as Jupyter's clients name it in JPY_PARENT_PID) is gone. */
export function watchParent(onGone: () => void): void {
  const parent = Number(process.env.JPY_PARENT_PID);
  if (!Number.isInteger(parent) || parent <= 1) return;
  // An orphan gets another parent; on Windows it keeps the number. A launcher may stand in between.
  const isChild = process.ppid === parent && process.platform !== 'win32';
  const timer = setInterval(() => {
    if (isChild ? process.ppid === parent : exists(parent)) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
}

export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
