/** One message by a provider's client library as it comes, and nothing else. @throws when it was not accepted. */
export type BareLibrary = (address: string) => Promise<void>;
