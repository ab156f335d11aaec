import type { Alert } from '../alert/alert.ts';
import type { PageRecord } from './ledger.ts';

/**
 * Reads back what was done, for reports and audits: whole, slow and eventually consistent, never on an alert's path.
 * The ledger is kept longer than the alerts (400 days against 30 days after their expiry).
 */
export interface Archive {
  /** The alerts of an earthquake that are still kept, by `seq`. */
  alertsOf(earthquakeId: string): Promise<Alert[]>;
  /** Every page item, or every one of an earthquake, in no order. Reads the whole ledger either way. */
  pages(earthquakeId?: string): AsyncIterable<PageRecord>;
}
