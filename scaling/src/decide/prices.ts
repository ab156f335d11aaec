import type { Policy } from './policy.ts';

/** List prices in nano-USD, arm64. */
export interface Prices {
  lambdaGbSecond: number;
  lambdaRequest: number;
  provisionedGbSecond: number;
  /** Event poller unit: ten pollers for one hour. */
  pollerUnitHour: number;
  tableWriteUnit: number;
  tableReadUnit: number;
}

/**
 * Lambda and DynamoDB price pages and AWS's page on Kafka scaling, 2024 to 2026. Not confirmed from the price list API:
 * provisioned concurrency in both regions; poller units and table units in eu-central-1.
 */
export const pricesByRegion: Record<Policy['region'], Prices> = {
  'us-east-1': {
    lambdaGbSecond: 13_333,
    lambdaRequest: 200,
    provisionedGbSecond: 3_333,
    pollerUnitHour: 185_000_000,
    tableWriteUnit: 625,
    tableReadUnit: 125,
  },
  'eu-central-1': {
    lambdaGbSecond: 13_333,
    lambdaRequest: 200,
    provisionedGbSecond: 3_333,
    pollerUnitHour: 185_000_000,
    tableWriteUnit: 763,
    tableReadUnit: 153,
  },
};
