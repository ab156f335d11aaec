import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Secrets that let every function get through its init. */
const secret = {
  username: 'user',
  password: 'password',
  accountSid: `AC${'0'.repeat(32)}`,
  authToken: 'token',
};
const secrets: Record<string, unknown> = {
  'kafka-producer': { username: secret.username, password: secret.password },
  'address-key': { keys: { 1: Buffer.alloc(32).toString('base64') }, current: '1' },
  'provider-sms': { accountSid: secret.accountSid, authToken: secret.authToken },
  'provider-email': {},
  'provider-telegram': { botToken: '1:token' },
  'provider-webhook': { signingKey: 'a signing key of the bench' },
};

/**
 * Answers secrets and empty tables at once, so that an init's own time is measured and not a store's.
 * @param own secrets in place of the invented ones.
 */
export async function startAwsStandIn(own: Record<string, unknown> = {}): Promise<{ url: string; stop(): void }> {
  const known = { ...secrets, ...own };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    // Files: taken and forgotten.
    if (!request.headers['content-type']?.includes('json'))
      return void response.writeHead(request.method === 'GET' ? 404 : 200).end();
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { SecretId?: string };
    const answer = body.SecretId ? { SecretString: JSON.stringify(known[body.SecretId]) } : {};
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
