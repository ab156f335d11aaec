import { setTimeout as delay } from 'node:timers/promises';
import {
  type EventSourceMappingConfiguration,
  GetAliasCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetProvisionedConcurrencyConfigCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import type { LiveConsumers } from '../read-back/live-consumer.ts';

const alias = 'live';
/** Polling stops for up to 90 s while a mapping changes. */
const settleWithinMs = 180_000;
const askEveryMs = 500;

/** @param prefix `quakewire-<environment>`. */
export function createLambdaConsumers(client: LambdaClient, prefix: string): LiveConsumers {
  const nameOf = (channel: string) => `${prefix}-consumer-${channel}`;

  async function findMapping(channel: string): Promise<EventSourceMappingConfiguration> {
    const name = nameOf(channel);
    const { EventSourceMappings = [] } = await client.send(
      new ListEventSourceMappingsCommand({ FunctionName: `${name}:${alias}` }),
    );
    const [mapping, ...others] = EventSourceMappings;
    if (mapping === undefined || others.length > 0)
      throw new Error(`${name}:${alias} has ${EventSourceMappings.length} event source mappings instead of one`);
    return mapping;
  }

  async function warmWorkers(name: string): Promise<number> {
    try {
      const question = { FunctionName: name, Qualifier: alias };
      const { RequestedProvisionedConcurrentExecutions } = await client.send(
        new GetProvisionedConcurrencyConfigCommand(question),
      );
      return RequestedProvisionedConcurrentExecutions ?? 0;
    } catch (error) {
      if (error instanceof Error && error.name === 'ProvisionedConcurrencyConfigNotFoundException') return 0;
      throw error;
    }
  }

  return {
    async read(channel) {
      const name = nameOf(channel);
      const [mapping, concurrency, warm, live, newest, served] = await Promise.all([
        findMapping(channel),
        client.send(new GetFunctionConcurrencyCommand({ FunctionName: name })),
        warmWorkers(name),
        client.send(new GetAliasCommand({ FunctionName: name, Name: alias })),
        client.send(new GetFunctionConfigurationCommand({ FunctionName: name })),
        client.send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: alias })),
      ]);
      return {
        mapping: {
          state: mapping.State ?? 'unknown',
          isOnAlias: mapping.FunctionArn?.endsWith(`:${alias}`) ?? false,
          batchingWindowSeconds: mapping.MaximumBatchingWindowInSeconds ?? null,
          minimumPollers: mapping.ProvisionedPollerConfig?.MinimumPollers ?? null,
          maximumPollers: mapping.ProvisionedPollerConfig?.MaximumPollers ?? null,
        },
        reservedConcurrency: concurrency.ReservedConcurrentExecutions ?? null,
        warmWorkers: warm,
        alias: {
          isNewest: newest.CodeSha256 === served.CodeSha256 && newest.MemorySize === served.MemorySize,
          hasWeights: Object.keys(live.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0,
        },
      };
    },
    async closeBatchingWindow(channel) {
      const { UUID } = await findMapping(channel);
      await client.send(new UpdateEventSourceMappingCommand({ UUID, MaximumBatchingWindowInSeconds: 0 }));
      const until = performance.now() + settleWithinMs;
      while (!['Enabled', 'Disabled'].includes((await findMapping(channel)).State ?? '')) {
        if (performance.now() > until)
          throw new Error(`the mapping of ${nameOf(channel)} does not settle within ${settleWithinMs / 1000} s`);
        await delay(askEveryMs);
      }
    },
  };
}
