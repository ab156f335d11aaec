import { Agent, request } from 'node:http';
import type { BareLibrary } from './bare-message.ts';

let sent = 0;

/** Node's own client: there is no library between. */
export function createBareWebhook(): BareLibrary {
  const agent = new Agent({ keepAlive: true });
  return ({ address, subject, text }) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ subject, text });
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'webhook-id': String(++sent),
      };
      const call = request(address, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 204 ? resolve() : reject(new Error(`answered ${response.statusCode}`)),
        );
        response.on('error', reject);
      });
      call.on('error', reject);
      call.end(body);
    });
}
