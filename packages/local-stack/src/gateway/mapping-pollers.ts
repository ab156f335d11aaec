import type { Clock, Logger } from '@quakewire/core';
import type { Emulator } from './emulator.ts';
import type { Mapping } from './mapping.ts';
import { createBatchRunner } from './poller/batch-runner.ts';
import { createFailureDestination } from './poller/failure-destination.ts';
import type { Invoker } from './poller/invocation.ts';
import {
  credentialSource,
  type KafkaCredentials,
  parseKafkaSecret,
  type UsernamePassword,
} from './poller/kafka-credentials.ts';
import { createKafkaFeed } from './poller/kafka-feed.ts';
import { createPoller, type Poller } from './poller/poller.ts';
import { pollerSettings } from './poller/poller-settings.ts';

export interface MappingPollersOptions {
  emulator: Emulator;
  invoke: Invoker;
  clock: Clock;
  logger: Logger;
  kafkaCredentials?: (secretArn: string) => Promise<UsernamePassword>;
}

/** Composes a mapping's poller from Kafka, the emulator's Invoke API and its on-failure destination. */
export function createMappingPollers({ emulator, invoke, clock, logger, kafkaCredentials }: MappingPollersOptions) {
  async function credentials(mapping: Mapping): Promise<KafkaCredentials | null> {
    const source = credentialSource(mapping.configuration);
    if (!source) return null;
    const { mechanism, secretArn } = source;
    const read = kafkaCredentials ?? (async (arn: string) => parseKafkaSecret(await emulator.secretText(arn), arn));
    return { mechanism, ...(await read(secretArn)) };
  }

  return (mapping: Mapping, report: (lastProcessingResult: string) => void): Poller => {
    const settings = pollerSettings(mapping);
    const { failureDestination: destinationArn } = settings;
    const destination = destinationArn && createFailureDestination(destinationArn, settings, emulator, clock);
    return createPoller({
      settings,
      clock,
      logger,
      feed: createKafkaFeed({ settings, credentials: () => credentials(mapping), clock, logger }),
      createRunner: (parts) =>
        createBatchRunner({
          ...parts,
          settings,
          clock,
          logger,
          invoke,
          onResult: report,
          ...(destination ? { failureDestination: destination } : {}),
        }),
      onFeedProblem(error) {
        logger.warn({ topic: settings.topic, problem: error.message }, 'topic not readable, trying again');
        report('PROBLEM: Connection error. Please check your event source connection configuration.');
      },
    });
  };
}
