import type { ChannelName, Delivery } from '../channel/channel.ts';

const answersToJudge = 20;
const shareToOpen = 0.5;
const shareToClose = 0.8;
/** Endpoints that a half-open breaker lets be sent to. */
export const probeCalls = 10;

/**
 * A 5xx, a refused connection or no answer in time says that the provider is down. A throttle answer does not, nor does a
 * definite rejection: both come from a provider that works.
 */
export const isFailure = ({ outcome }: Delivery): boolean => outcome === 'transient' || outcome === 'ambiguous';

/** Every webhook has a receiver of its own: that half of them are down says nothing about the others. */
export const hasOneProvider = (channel: ChannelName): boolean => channel !== 'webhook';

/** The latest answers, of which half being failures opens the breaker. */
export interface LatestAnswers {
  add(isFailure: boolean): void;
  /** True when there are enough to judge by, and so many are failures. */
  saysDown(): boolean;
  clear(): void;
}

export function createLatestAnswers(): LatestAnswers {
  let latest: boolean[] = [];
  return {
    add(failed) {
      latest = [...latest, failed].slice(-answersToJudge);
    },
    saysDown: () =>
      latest.length === answersToJudge && latest.filter((failed) => failed).length >= shareToOpen * answersToJudge,
    clear() {
      latest = [];
    },
  };
}

/** Whether a provider works again that answered so many of a probe's calls well. */
export const worksAgain = (calls: number, good: number): boolean => calls > 0 && good >= shareToClose * calls;
