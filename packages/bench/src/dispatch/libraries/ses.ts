import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { MessageText } from '@quakewire/core';
import { mimeMessage } from '@quakewire/notifier-channels/mime-message';
import { account } from '../provider-account.ts';
import type { BareLibrary } from './bare-library.ts';

/** Never the library's limit: the loop has its own. */
const maxSockets = 1_000;

const somebody = 'somebody@example.org';

export function createBareSes(message: MessageText, baseUrl: string): BareLibrary {
  const ses = new SESClient({
    region: account.region,
    credentials: account.aws,
    endpoint: baseUrl,
    requestHandler: { httpAgent: { keepAlive: true, maxSockets } },
  });
  const mail = mimeMessage({ from: account.email, to: somebody, ...message });
  return async (address) => {
    await ses.send(
      new SendRawEmailCommand({
        Source: account.email,
        Destinations: [address],
        RawMessage: { Data: Buffer.from(mail.replace(somebody, address)) },
      }),
    );
  };
}
