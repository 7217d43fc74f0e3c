import { readFileSync } from 'node:fs';
import { ConnectionProblem } from './transport.ts';

/** What Jupyter writes for a kernel to find its clients. */
export interface Connection {
  transport: 'tcp' | 'ipc';
  ip: string;
  key: string;
  signature_scheme: string;
  shell_port: number;
  control_port: number;
  stdin_port: number;
  iopub_port: number;
  hb_port: number;
}

export type PortName = (typeof PORTS)[number];

export const PORTS = ['shell_port', 'control_port', 'stdin_port', 'iopub_port', 'hb_port'] as const;
const DEFAULTS = { transport: 'tcp', ip: '127.0.0.1', key: '', signature_scheme: 'hmac-sha256' };
const LARGEST_PORT = 65535;

/** Reads a connection file, and throws {@link ConnectionProblem} for whatever could not be bound or signed with later. */
export function readConnection(file: string): Connection {
  const connection: Record<string, unknown> = { ...DEFAULTS, ...readObject(file) };
  const expect = (field: string, isRight: boolean, what: string) => {
    if (isRight) return;
    const received = JSON.stringify(connection[field]) ?? 'nothing';
    throw new ConnectionProblem(`connection file ${file}: expected ${what} as ${field}, received ${received}`);
  };
  expect('transport', connection.transport === 'tcp' || connection.transport === 'ipc', '"tcp" or "ipc"');
  expect('ip', typeof connection.ip === 'string' && connection.ip !== '', 'an address or a path');
  expect('key', typeof connection.key === 'string', 'a text');
  expect('signature_scheme', typeof connection.signature_scheme === 'string', 'a text such as "hmac-sha256"');
  for (const field of PORTS) {
    const port = connection[field];
    const isPort = Number.isInteger(port) && (port as number) > 0 && (port as number) <= LARGEST_PORT;
    expect(field, isPort, `a port from 1 to ${LARGEST_PORT}`);
    const same = PORTS.find(other => other !== field && connection[other] === port);
    expect(field, same === undefined, `another port than that of ${same}`);
  }
  return connection as unknown as Connection;
}

function readObject(file: string): object {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConnectionProblem(`connection file ${file}: ${unreadable(error as NodeJS.ErrnoException)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not an object either.
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  const received = text.trim() === '' ? 'an empty file' : JSON.stringify(text.trim().slice(0, 40));
  throw new ConnectionProblem(
    `connection file ${file}: expected an object in JSON, as Jupyter writes it, received ${received}`,
  );
}

function unreadable({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file. Jupyter makes it and names it when it starts a kernel: jupyter console --kernel tslab';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not read it. Start the kernel as the user who runs Jupyter.';
    default:
      return message;
  }
}
