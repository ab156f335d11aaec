import { SESClient, type SESClientConfig, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Channel, Delivery, Notification } from '@quakewire/core';
import { deliveryBy } from './error-rule.ts';
import { createHttpPoster, type HttpPoster } from './http/create-http-poster.ts';
import { deliveryWithoutAnswer, type NoAnswer } from './http/no-answer.ts';
import { mimeMessage } from './mime-message.ts';
import { sesRule } from './ses-errors.ts';

export interface SesChannelOptions {
  /** A verified address, also as `name <address>`. */
  from: string;
  /** Named by every send, so that receipts come. */
  configurationSet?: string;
  /** Another origin than the Region's own, for local work. */
  baseUrl?: string;
  /** Left out: from the environment, as every AWS client does. */
  client?: Pick<SESClientConfig, 'region' | 'credentials'>;
}

/** One mailbox and nothing that could start another header or recipient. */
const mailbox = /^[\x21-\x3f\x41-\x7e]{1,64}@[a-z0-9.-]{1,253}$/i;
const separators = /[\s,;:<>()[\]"\\]/;

/** One send, as our handler below the SDK sees it. The SDK replaces the errors of aborted calls, so they are kept here. */
interface Call {
  started: boolean;
  failure?: NoAnswer;
}

/** The SDK hands the options of a send to the handler as they are. */
type SendOptions = Parameters<SESClient['send']>[1] & { call: Call };

interface SdkRequest {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** The SDK's request handler on our own connection, which knows whether a request was written. */
const handlerOn = (post: HttpPoster) => ({
  async handle(request: SdkRequest, { abortSignal, call }: { abortSignal: AbortSignal; call: Call }) {
    const { protocol, hostname, port, path, headers, body } = request;
    const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`);
    call.started = true;
    try {
      const answer = await post(url, { headers, body }, abortSignal);
      return { response: { statusCode: answer.status, headers: answer.headers, body: Buffer.from(answer.body) } };
    } catch (error) {
      call.failure = error as NoAnswer;
      throw error;
    }
  },
  updateHttpClientConfig: () => undefined,
  httpHandlerConfigs: () => ({}),
});

const deliveryByError = (error: unknown, { started, failure }: Call): Delivery => {
  if (failure) return deliveryWithoutAnswer(failure);
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  const code = /^\w{1,64}$/.test(name) ? name : 'unknown';
  const status = $metadata?.httpStatusCode;
  if (status !== undefined && status >= 300) return deliveryBy(sesRule(status, code, message ?? ''), `ses:${code}`);
  // Before the handler (no credentials, given up) nothing was written; after it, an answer came that nobody can read.
  return { outcome: started ? 'ambiguous' : 'transient', reason: `ses:${code}` };
};

/** E-mail by SES `SendRawEmail`, one recipient a call, tried once. */
export const createSesChannel = ({ from, configurationSet, baseUrl, client }: SesChannelOptions): Channel => {
  const ses = new SESClient({
    ...client,
    ...(baseUrl && { endpoint: baseUrl }),
    maxAttempts: 1,
    requestHandler: handlerOn(createHttpPoster()) as unknown as NonNullable<SESClientConfig['requestHandler']>,
  });
  const command = ({ address, message, unsubscribeUrl }: Notification) =>
    new SendRawEmailCommand({
      Source: from,
      Destinations: [address],
      RawMessage: {
        Data: Buffer.from(mimeMessage({ from, to: address, ...message, ...(unsubscribeUrl && { unsubscribeUrl }) })),
      },
      ...(configurationSet && { ConfigurationSetName: configurationSet }),
    });

  return {
    name: 'email',
    async deliver(notification, signal) {
      if (!mailbox.test(notification.address) || separators.test(notification.address)) {
        return { outcome: 'rejected', reason: 'email:unreadableAddress', endpointUnusable: true };
      }
      const call: Call = { started: false };
      try {
        const { MessageId } = await ses.send(command(notification), { abortSignal: signal, call } as SendOptions);
        return MessageId
          ? { outcome: 'accepted', messageId: MessageId }
          : { outcome: 'ambiguous', reason: 'ses:unreadable' };
      } catch (error) {
        return deliveryByError(error, call);
      }
    },
  };
};
