export interface BareMessage {
  address: string;
  subject: string;
  text: string;
}

/** One message by a provider's client library as it comes, and nothing else. @throws when it was not accepted. */
export type BareLibrary = (message: BareMessage) => Promise<void>;
