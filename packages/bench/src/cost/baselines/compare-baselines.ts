import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Alert } from '@quakewire/core';
import { designs } from '../../baselines/designs.ts';
import type { MeteredAlert } from '../metered-alert.ts';
import { sendMeteredBaseline } from './metered-baseline.ts';

/** Our writes must be so many times fewer than those of a lock on every row. */
const itemLockTimes = 15;

interface Units {
  writes: number;
  reads: number;
  records: number;
}

/**
 * Prints what the earlier designs use for the same alert, beside what ours used. True when everybody was told and item-lock
 * writes at least 15 times as much.
 */
export async function compareBaselines(
  ours: MeteredAlert,
  endpoints: number,
  ratePerSecond: number,
  alertAt: (nowMs: number) => Alert,
  connect: () => DynamoDBClient,
  sayProgress: (what: string) => (done: number) => void,
): Promise<boolean> {
  const own = unitsOf(ours);
  let isKept = true;
  console.log('\na notification     write units   of ours   read units   of ours   Kafka records      told');
  console.log(row('ours', own, own, ours));
  for (const design of designs) {
    const alert = await sendMeteredBaseline({
      ...{ design, ratePerSecond, connect, onProgress: sayProgress(`${design}: sent`) },
      alertAt: (nowMs) => ({ ...alertAt(nowMs), earthquakeId: design }),
    });
    const units = unitsOf(alert);
    const isMissed = design === 'item-lock' && units.writes < itemLockTimes * own.writes;
    isKept &&= !isMissed && alert.counts?.accepted === endpoints;
    console.log(`${row(design, units, own, alert)}${isMissed ? `  MISSED: ${itemLockTimes} times` : ''}`);
  }
  console.log('The earlier designs pay for no budget slots here, ours does.');
  return isKept;
}

function unitsOf({ usages, records, counts }: MeteredAlert): Units {
  const told = Math.max(1, counts?.accepted ?? 0);
  const sum = (of: 'writeUnits' | 'readUnits'): number =>
    usages.reduce((total, { capacity }) => total + capacity[of], 0) / told;
  return { writes: sum('writeUnits'), reads: sum('readUnits'), records: records / told };
}

function row(name: string, { writes, reads, records }: Units, own: Units, { counts }: MeteredAlert): string {
  const times = (value: number, of: number): string => `${(value / of).toFixed(1)}x`.padStart(10);
  const cells = [
    name.padEnd(16),
    writes.toFixed(4).padStart(14),
    times(writes, own.writes),
    reads.toFixed(4).padStart(13),
    times(reads, own.reads),
    records.toFixed(4).padStart(16),
    (counts?.accepted ?? 0).toLocaleString('en').padStart(10),
  ];
  return cells.join('');
}
