import type { Bulletin, Clock } from '@quakewire/core';

/** Bulletins that wait to be acted on. A standby's fills as well, so that it can take over where the leader ended. */
export interface Inbox {
  put(bulletin: Bulletin): void;
  /** The largest of those that wait; rejects with the signal's reason when it is aborted first. */
  take(signal: AbortSignal): Promise<Bulletin>;
}

/** @param keepMs what arrived longer ago is dropped: an earthquake of then is no longer told of. */
export function createInbox(clock: Clock, keepMs: number): Inbox {
  let waiting: Bulletin[] = [];
  let wake: (() => void) | undefined;

  function takeLargest(): Bulletin | undefined {
    const largest = waiting.reduce<Bulletin | undefined>(
      (best, bulletin) => (best && best.magnitude >= bulletin.magnitude ? best : bulletin),
      undefined,
    );
    waiting = waiting.filter((bulletin) => bulletin !== largest);
    return largest;
  }

  async function untilPutOrAborted(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end);
        resolve();
      };
      wake = end;
      signal.addEventListener('abort', end);
    });
  }

  return {
    put(bulletin) {
      const keptFromMs = clock.wallMs() - keepMs;
      waiting = [...waiting, bulletin].filter(({ receivedAtMs }) => receivedAtMs >= keptFromMs);
      wake?.();
    },
    async take(signal) {
      for (;;) {
        signal.throwIfAborted();
        const largest = takeLargest();
        if (largest) return largest;
        await untilPutOrAborted(signal);
      }
    },
  };
}
