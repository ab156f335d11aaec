import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { account } from '../provider-account.ts';
import type { BareLibrary } from './bare-message.ts';

/** Never the library's limit: the loop has its own. */
const maxSockets = 1_000;

export function createBareSes(baseUrl: string): BareLibrary {
  const ses = new SESClient({
    region: account.region,
    credentials: account.aws,
    endpoint: baseUrl,
    requestHandler: { httpAgent: { keepAlive: true, maxSockets } },
  });
  return async ({ address, subject, text }) => {
    const mail = `From: ${account.email}\r\nTo: ${address}\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\n\r\n${text}\r\n`;
    await ses.send(
      new SendRawEmailCommand({
        Source: account.email,
        Destinations: [address],
        RawMessage: { Data: Buffer.from(mail) },
      }),
    );
  };
}
