import type { Logger } from '@quakewire/core';
import { createEmulator } from './emulator.ts';
import { createMappingPollers } from './mapping-pollers.ts';
import type { UsernamePassword } from './poller/kafka-credentials.ts';
import { createLambdaInvoker } from './poller/lambda-invoker.ts';
import { type Gateway, serveGateway } from './serve-gateway.ts';
import { openStateFile } from './state-file.ts';
import { systemClock } from './system-clock.ts';

export type { Gateway } from './serve-gateway.ts';

export interface GatewayOptions {
  /** 0 = a free one. */
  port: number;
  host?: string;
  emulatorUrl: string;
  /** Where DynamoDB calls go; may be the emulator. */
  tablesUrl: string;
  /** Mappings, point-in-time recovery and alarms outlive a restart in it. */
  stateFile: string;
  logger: Logger;
  region?: string;
  /** Instead of the emulator's Secrets Manager. */
  kafkaCredentials?: (secretArn: string) => Promise<UsernamePassword>;
  /** How long polling rests while a mapping's update is applied; up to 90 s on AWS. */
  updatePauseMs?: number;
}

const defaultUpdatePauseMs = 1_000;

/** An AWS endpoint: the emulator, plus event source mappings for self-managed Kafka, plus the answers it lacks. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { emulatorUrl, region = 'eu-central-1' } = options;
  const clock = systemClock;
  const emulator = createEmulator({ url: emulatorUrl, region });
  const invoker = createLambdaInvoker(emulatorUrl);
  const gateway = await serveGateway({
    ...options,
    host: options.host ?? '127.0.0.1',
    updatePauseMs: options.updatePauseMs ?? defaultUpdatePauseMs,
    state: await openStateFile(options.stateFile),
    emulator,
    createPoller: createMappingPollers({ ...options, emulator, clock, invoke: invoker.invoke }),
    clock,
  });
  return {
    url: gateway.url,
    async stop() {
      await gateway.stop();
      invoker.close();
      emulator.close();
    },
  };
}
