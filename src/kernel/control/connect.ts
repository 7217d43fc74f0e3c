import type { ControlOptions } from '../threads.ts';
import { connectDirect } from '../transport/direct.ts';
import { ConnectionProblem, type Transport, type TransportListener } from '../transport/transport.ts';

/** Connects the kernel with its clients; throws {@link ConnectionProblem}. */
export async function connect(
  connection: ControlOptions['connection'],
  listener: TransportListener,
): Promise<Transport> {
  if (connection.kind === 'direct') {
    return connectDirect(connection.path, listener).catch(error => {
      throw new ConnectionProblem(
        `cannot reach the socket that --channel names: ${error.message}. The program that starts the kernel must listen there.`,
      );
    });
  }
  const { connectZeromq } = await loadZeromq();
  return connectZeromq(connection.file, listener);
}

/** Only where it is needed: the lab works without its native part. */
async function loadZeromq(): Promise<typeof import('../transport/zeromq.ts')> {
  try {
    return await import('../transport/zeromq.ts');
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new ConnectionProblem(
      `the package zeromq, with which Jupyter's clients speak, does not load on ${process.platform} ${process.arch}: ${why}. ` +
        'Install it anew with npm ci. The lab does without it: npm start.',
    );
  }
}
