import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const RETRIES = 50;

/** Listens on the port, or on the next one that is free, as Jupyter does; 0 is any. Resolves to the port. */
export async function listen(server: Server, ip: string, port: number, log: (line: string) => void): Promise<number> {
  for (let candidate = port; ; candidate += 1) {
    try {
      await listenOnce(server, ip, candidate);
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const isTaken = code === 'EADDRINUSE' || (code === 'EACCES' && candidate > 1023);
      if (!isTaken) throw new Error(explain(code, ip, candidate, error as Error));
      if (candidate >= Math.min(port + RETRIES, 65_535)) {
        throw new Error(`The ports ${port} to ${candidate} are all in use. Name another one with --port.`);
      }
      log(`Port ${candidate} is in use, trying ${candidate + 1}.`);
    }
  }
}

function listenOnce(server: Server, ip: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, ip, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function explain(code: string | undefined, ip: string, port: number, error: Error): string {
  if (code === 'EACCES') return `Port ${port} needs the rights of an administrator. Choose one above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${ip}. Choose another one with --ip.`;
  if (code === 'ENOTFOUND') return `The name ${ip} leads to no address. Choose another one with --ip.`;
  return `The server cannot listen on ${ip}:${port}: ${error.message}`;
}
