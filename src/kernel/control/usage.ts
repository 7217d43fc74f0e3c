import { cpus, freemem, hostname, totalmem } from 'node:os';
import type { Content } from './content.ts';

let before = { at: performance.now(), cpu: process.cpuUsage(), host: hostTimes() };

/** The content of `usage_reply`, as ipykernel gives it and jupyter-resource-usage shows it. CPU in percent since the last request, memory in bytes. */
export function usage(): Content {
  const now = { at: performance.now(), cpu: process.cpuUsage(), host: hostTimes() };
  const { user, system } = process.cpuUsage(before.cpu);
  const elapsedMs = Math.max(1, now.at - before.at);
  const hostTotal = Math.max(1, now.host.total - before.host.total);
  const hostBusy = now.host.busy - before.host.busy;
  before = now;
  const [total, available] = [totalmem(), freemem()];
  return {
    status: 'ok',
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu: (user + system) / 10 / elapsedMs,
    kernel_memory: process.memoryUsage.rss(),
    cpu_count: cpus().length,
    host_cpu_percent: (100 * hostBusy) / hostTotal,
    host_virtual_memory: {
      total,
      available,
      free: available,
      used: total - available,
      percent: (100 * (total - available)) / total,
    },
  };
}

function hostTimes(): { busy: number; total: number } {
  let busy = 0;
  let total = 0;
  for (const { times } of cpus()) {
    const all = Object.values(times).reduce((sum, time) => sum + time, 0);
    total += all;
    busy += all - times.idle;
  }
  return { busy, total };
}
