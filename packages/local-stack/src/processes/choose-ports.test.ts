import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { choosePorts } from './choose-ports.ts';

describe('choosing ports', () => {
  it('gives each name a port of its own', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `part${index}`);
    const ports = Object.values(await choosePorts(names));
    expect(new Set(ports).size).toBe(20);
  });

  it('keeps the port that was given', async () => {
    const { free } = await choosePorts(['free']);
    expect(await choosePorts(['kafka', 'tables'], { tables: free })).toMatchObject({ tables: free });
  });

  it('names the part whose given port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(choosePorts(['kafka'], { kafka: port })).rejects.toThrow(`Port ${port} (kafka) is taken`);
    server.close();
  });
});
