import { createServer, type Server } from 'node:net';

const HOST = '127.0.0.1';

/**
 * A free port for each name, or the given one. All are held open until every one is chosen, so that no two names get the
 * same port. A given port that is taken is an error that names it.
 */
export async function choosePorts<Name extends string>(
  names: readonly Name[],
  given: Partial<Record<Name, number>> = {},
): Promise<Record<Name, number>> {
  const held: Server[] = [];
  try {
    const ports: Partial<Record<Name, number>> = {};
    for (const name of names) {
      const server = await hold(name, given[name] ?? 0);
      held.push(server);
      ports[name] = portOf(server);
    }
    return ports as Record<Name, number>;
  } finally {
    await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

function hold(name: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} (${name}) is taken: give another one, or none for a free one.`)
          : error,
      );
    });
    server.listen(port, HOST, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server without a port.');
  return address.port;
}
