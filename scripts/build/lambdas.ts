/** One function that is deployed: its zip's name, the file that esbuild begins with, and the most that its zip may weigh. */
export interface Lambda {
  name: string;
  /** Relative to the checkout. */
  entry: string;
  budgetBytes: number;
}

const KILOBYTE = 1000;

/** Every zip. A consumer is built once a channel, each from its own composition root, so that it holds one SDK only. */
export const lambdas: readonly Lambda[] = [
  { name: 'producer', entry: 'packages/producer/src/index.ts', budgetBytes: 400 * KILOBYTE },
  { name: 'segmenter', entry: 'packages/segmenter/src/index.ts', budgetBytes: 300 * KILOBYTE },
  { name: 'ingest', entry: 'packages/ingest/src/index.ts', budgetBytes: 400 * KILOBYTE },
  { name: 'consumer-sms', entry: 'packages/consumer/src/sms.ts', budgetBytes: 350 * KILOBYTE },
  { name: 'consumer-email', entry: 'packages/consumer/src/email.ts', budgetBytes: 300 * KILOBYTE },
  { name: 'consumer-telegram', entry: 'packages/consumer/src/telegram.ts', budgetBytes: 300 * KILOBYTE },
  { name: 'consumer-webhook', entry: 'packages/consumer/src/webhook.ts', budgetBytes: 300 * KILOBYTE },
];
