import type { Clock, Logger } from '@quakewire/core';
import { type Mapping, settleMapping } from './mapping.ts';
import type { Poller } from './poller/poller.ts';
import type { StateFile } from './state-file.ts';

export interface MappingSupervisorOptions {
  state: StateFile;
  clock: Clock;
  logger: Logger;
  createPoller(mapping: Mapping, report: (lastProcessingResult: string) => void): Poller;
  /** How long polling rests while an update is applied; AWS takes up to 90 s (kafka-starting-positions). */
  updatePauseMs: number;
}

/** Makes the pollers follow the mappings, one change after the other for each mapping. */
export interface MappingSupervisor {
  /** Starts the pollers of a state that was read from disk, and finishes transitions that a stop cut off. */
  resume(): void;
  /** Brings the poller in line with the mapping as stored, then settles its state. */
  follow(uuid: string): Promise<void>;
  lastProcessingResult(uuid: string): string;
  /** Waits so long for running invocations. */
  stop(graceMs: number): Promise<void>;
}

/** Longest wait for running invocations when a mapping changes: above it they are cut off and their records read again. */
const changeGraceMs = 60_000;
const nothingProcessed = 'No records processed';

export function createMappingSupervisor(options: MappingSupervisorOptions): MappingSupervisor {
  const { state, clock, logger } = options;
  const pollers = new Map<string, Poller>();
  const results = new Map<string, string>();
  const changes = new Map<string, Promise<void>>();
  const stopped = new AbortController();

  async function applyChange(uuid: string): Promise<void> {
    const mapping = state.current().mappings[uuid];
    if (!mapping || stopped.signal.aborted) return;
    await pollers.get(uuid)?.stop(changeGraceMs);
    const paused = pollers.delete(uuid) && mapping.state === 'Updating';
    if (paused) await clock.sleep(options.updatePauseMs, stopped.signal).catch(() => undefined);
    if (stopped.signal.aborted) return;
    if (mapping.enabled && mapping.state !== 'Deleting') await startPoller(mapping);
    await settle(mapping);
  }

  async function startPoller(mapping: Mapping): Promise<void> {
    results.set(mapping.uuid, nothingProcessed);
    const poller = options.createPoller(mapping, (result) => results.set(mapping.uuid, result));
    pollers.set(mapping.uuid, poller);
    await poller.start();
  }

  async function settle(mapping: Mapping): Promise<void> {
    const settled = settleMapping(mapping);
    logger.info(
      { uuid: mapping.uuid, topic: mapping.configuration.Topics[0], state: settled?.state },
      'mapping settled',
    );
    await state.change(({ mappings: { [mapping.uuid]: current, ...others } }) => {
      // Tags may have changed meanwhile: only the state is this function's.
      const mappings =
        settled && current ? { ...others, [mapping.uuid]: { ...current, state: settled.state } } : others;
      return { mappings };
    });
  }

  async function stopPollers(graceMs: number): Promise<void> {
    const all = [...pollers.values()];
    pollers.clear();
    await Promise.all(all.map((poller) => poller.stop(graceMs)));
  }

  function follow(uuid: string): Promise<void> {
    const change = (changes.get(uuid) ?? Promise.resolve())
      .then(() => applyChange(uuid))
      .catch((error) => logger.error({ uuid, err: error }, 'event source mapping change failed'));
    changes.set(uuid, change);
    return change;
  }

  return {
    resume() {
      for (const uuid of Object.keys(state.current().mappings)) void follow(uuid);
    },
    follow,
    lastProcessingResult: (uuid) => results.get(uuid) ?? nothingProcessed,
    async stop(graceMs) {
      stopped.abort();
      await stopPollers(graceMs);
      await Promise.all(changes.values());
      // A change that was under way may have started one.
      await stopPollers(graceMs);
    },
  };
}
