import { Agent, request } from 'node:http';
import type { MessageText } from '@quakewire/core';
import type { BareLibrary } from './bare-library.ts';

let sent = 0;
const validForSeconds = 3_600;

/** Node's own client: there is no library between. */
export function createBareWebhook({ subject, text }: MessageText): BareLibrary {
  const agent = new Agent({ keepAlive: true });
  return (address) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ schema: 1, reference: address, exercise: false, validForSeconds, subject, text });
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
