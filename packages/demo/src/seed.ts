import type { Endpoint, EndpointWriter } from '@quakewire/core';
import type { PlainEndpoint } from './subscribers.ts';

/** Seals an address for the table. */
export type Seal = (address: string) => Uint8Array;

/** Rows written between two reports of progress. */
const batch = 2_000;

/** Writes the endpoints with sealed addresses, and says how far it is. */
export async function seed(
  endpoints: readonly PlainEndpoint[],
  seal: Seal,
  writer: EndpointWriter,
  onProgress: (written: number) => void,
): Promise<void> {
  for (let from = 0; from < endpoints.length; from += batch) {
    const rows = endpoints.slice(from, from + batch).map(
      ({ address, ...rest }): Endpoint => ({
        ...rest,
        sealedAddress: seal(address),
      }),
    );
    await writer.put(rows);
    onProgress(Math.min(from + batch, endpoints.length));
  }
}
