import type { Bulletin, Clock } from '@quakewire/core';

type Known = Omit<Bulletin, 'receivedAtMs'>;

interface Question {
  about: Known;
  asked: number;
  dueAtMs: number;
}

/**
 * Events that a feed listed and no longer lists: gone with its window, renamed, or deleted. Each is a question to the
 * event service.
 */
export interface UsgsQuestions {
  /** Notes what a whole answer lists. */
  listed(bulletins: readonly Known[]): void;
  /** The largest of those whose turn it is; it is asked about again later, unless it is settled or listed again. */
  next(): Known | undefined;
  settled(about: Known): void;
}

/** The service's answers may be 15 minutes old (its cache): "still there" is asked again until after that. */
const askAgainAfterMs = [60_000, 5 * 60_000, 16 * 60_000];
/** Two origins this close under a shared id are one earthquake; one id has stood in the lists of two, 6 h apart. */
const sameOriginMs = 60_000;

export function createUsgsQuestions(clock: Clock): UsgsQuestions {
  let lastListed: readonly Known[] = [];
  let questions: readonly Question[] = [];

  return {
    listed(bulletins) {
      const isListed = (known: Known): boolean => bulletins.some((one) => isSame(one, known));
      const vanished = lastListed.filter((known) => known.status !== 'deleted' && !isListed(known));
      questions = [
        ...questions.filter(({ about }) => !isListed(about)),
        ...vanished.map((about) => ({ about, asked: 0, dueAtMs: clock.monotonicMs() })),
      ];
      lastListed = bulletins;
    },
    next() {
      const due = questions.filter(({ dueAtMs }) => dueAtMs <= clock.monotonicMs());
      const [largest] = due.toSorted((a, b) => b.about.magnitude - a.about.magnitude);
      if (!largest) return undefined;
      const againAfterMs = askAgainAfterMs[largest.asked];
      questions = questions.filter((question) => question !== largest);
      if (againAfterMs !== undefined) {
        const dueAtMs = clock.monotonicMs() + againAfterMs;
        questions = [...questions, { ...largest, asked: largest.asked + 1, dueAtMs }];
      }
      return largest.about;
    },
    settled(about) {
      questions = questions.filter((question) => question.about !== about);
    },
  };
}

/** Preferred ids change: the same event may be listed under another one. */
function isSame(a: Known, b: Known): boolean {
  const apartMs = Math.abs(a.hypocentre.originTimeMs - b.hypocentre.originTimeMs);
  return a.id === b.id || (apartMs <= sameOriginMs && a.ids.some((id) => b.ids.includes(id)));
}
