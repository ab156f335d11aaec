/** The ledger's word against the providers': both lists of addresses, or endpoint ids, of one channel. */
export interface Comparison {
  /** The ledger says accepted, no provider knows of it. */
  onlyInLedger: string[];
  /** A provider accepted it, the ledger neither says so nor says unknown. */
  onlyAtProvider: string[];
  /** Accepted more than once by the provider, and not marked unknown. */
  toldTwice: string[];
}

/**
 * @param accepted addresses that the ledger says were accepted
 * @param unknown addresses that the ledger says may have been sent: the provider may know of them or not
 * @param atProvider addresses of all messages that the provider accepted, in any order
 */
export function compareWithSinks(
  accepted: readonly string[],
  unknown: readonly string[],
  atProvider: readonly string[],
): Comparison {
  const counts = new Map<string, number>();
  for (const address of atProvider) counts.set(address, (counts.get(address) ?? 0) + 1);
  const ledger = new Set(accepted);
  const unsure = new Set(unknown);
  return {
    onlyInLedger: accepted.filter((address) => !counts.has(address)),
    onlyAtProvider: [...counts.keys()].filter((address) => !ledger.has(address) && !unsure.has(address)),
    toldTwice: [...counts].filter(([address, times]) => times > 1 && !unsure.has(address)).map(([address]) => address),
  };
}

export const differences = ({ onlyInLedger, onlyAtProvider, toldTwice }: Comparison): number =>
  onlyInLedger.length + onlyAtProvider.length + toldTwice.length;
