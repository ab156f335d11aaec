/** The ledger's word against the providers': both lists of addresses, or endpoint ids, of one channel. */
export interface Comparison {
  /** The ledger says accepted, no provider knows of it. */
  onlyInLedger: string[];
  /** A provider accepted it, the ledger neither says so nor says unknown. */
  onlyAtProvider: string[];
  /** Accepted by the provider more often than the ledger says, and not marked unknown. */
  toldTwice: string[];
}

/**
 * @param accepted addresses that the ledger says were accepted, once for each alert
 * @param unknown addresses that the ledger says may have been sent: the provider may know of them or not
 * @param atProvider addresses of all messages that the provider accepted, in any order
 */
export function compareWithSinks(
  accepted: readonly string[],
  unknown: readonly string[],
  atProvider: readonly string[],
): Comparison {
  const [inLedger, arrived] = [countOf(accepted), countOf(atProvider)];
  const unsure = new Set(unknown);
  const times = (counts: ReadonlyMap<string, number>, address: string): number => counts.get(address) ?? 0;
  const tooMany = [...arrived.keys()].filter(
    (address) => times(arrived, address) > times(inLedger, address) && !unsure.has(address),
  );
  return {
    onlyInLedger: [...inLedger.keys()].filter((address) => times(inLedger, address) > times(arrived, address)),
    onlyAtProvider: tooMany.filter((address) => !inLedger.has(address)),
    toldTwice: tooMany.filter((address) => inLedger.has(address)),
  };
}

function countOf(addresses: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const address of addresses) counts.set(address, (counts.get(address) ?? 0) + 1);
  return counts;
}

export const differences = ({ onlyInLedger, onlyAtProvider, toldTwice }: Comparison): number =>
  onlyInLedger.length + onlyAtProvider.length + toldTwice.length;
