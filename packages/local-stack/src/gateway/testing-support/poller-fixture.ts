import { createStepClock } from '@quakewire/testing';
import { createBatchRunner } from '../poller/batch-runner.ts';
import type { Discard } from '../poller/failure-record.ts';
import type { InvocationResult } from '../poller/invocation.ts';
import { createPoller } from '../poller/poller.ts';
import type { PollerSettings } from '../poller/poller-settings.ts';
import { createFakeFeed } from './fake-feed.ts';
import { type Call, createFakeInvoker } from './fake-invoker.ts';
import { quietLogger } from './quiet-logger.ts';

const onDemand: PollerSettings = {
  uuid: 'u-1',
  functionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:f:live',
  topic: 't',
  consumerGroupId: 'g',
  bootstrapServers: ['b:9092'],
  startingPosition: 'TRIM_HORIZON',
  startingTimestampMs: 0,
  batchSize: 1,
  windowMs: 0,
  partialResponses: false,
  bisect: false,
  maximumRetryAttempts: null,
  maximumRecordAgeMs: null,
};
export const provisioned: Partial<PollerSettings> = { pollers: { minimum: 1, maximum: 2 } };

/** A poller on virtual time; `behave` ends each call at once, without it the test does. */
export async function startPollerFixture(
  given: Partial<PollerSettings> = {},
  behave?: (call: Call) => InvocationResult,
) {
  const clock = createStepClock();
  const kafka = createFakeFeed();
  const invoker = createFakeInvoker(behave);
  const discards: Discard[] = [];
  const results: string[] = [];
  const problems: string[] = [];
  const settings = { ...onDemand, ...given };
  const poller = createPoller({
    settings,
    clock,
    logger: quietLogger,
    feed: kafka.feed,
    createRunner: (parts) =>
      createBatchRunner({
        ...parts,
        settings,
        clock,
        logger: quietLogger,
        invoke: invoker.invoke,
        failureDestination: async (discard) => void discards.push(discard),
        onResult: (result) => void results.push(result),
      }),
    onFeedProblem: (error) => void problems.push(error.message),
  });
  await poller.start();
  const deliver = async (records: Parameters<typeof kafka.deliver>[0]) => {
    kafka.deliver(records);
    await clock.advance(0);
  };
  const calls = () => invoker.calls.map((call) => call.positions);
  return { clock, kafka, invoker, poller, deliver, calls, discards, results, problems };
}
