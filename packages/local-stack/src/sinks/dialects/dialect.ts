import type { IncomingHttpHeaders } from 'node:http';

/** One request as it came in. */
export interface SinkRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One answer as it goes out. */
export interface SinkAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a request asks the provider to send. */
export interface SinkMessage {
  /** The address as the provider was given it. */
  to: string;
  /** The words, as a person would read them (of an e-mail the plain text). */
  text: string;
  /** The sender's own name of the message, where the protocol has one (webhooks). */
  reference?: string;
}

/** A request understood: a message for `to`, or one that the provider refuses for its form. */
export type Understood = ({ kind: 'message' } & SinkMessage) | { kind: 'malformed'; answer: SinkAnswer };

/** How one provider speaks: the real one's requests, answers and errors, near enough for its own client library. */
export interface Dialect {
  understand(request: SinkRequest): Understood;
  /** The id of the n-th message, in the provider's own form. */
  messageId(number: number): string;
  accepted(message: { to: string; messageId: string; request: SinkRequest }): SinkAnswer;
  /** This address is refused for good. */
  rejected(to: string): SinkAnswer;
  throttled(waitMs: number): SinkAnswer;
  /** The provider's own server error. */
  failed(): SinkAnswer;
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): SinkAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});
