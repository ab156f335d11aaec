import { parentPort, workerData } from 'node:worker_threads';
import { createSeededRandom } from '@quakewire/testing';
import { faultOf } from './check-input.ts';
import { mutate } from './mutate.ts';
import { targets } from './targets.ts';

export interface FuzzRange {
  seed: number;
  from: number;
  to: number;
}

/** From the thread: how far it is, or what went wrong with the input of a number. */
export type FuzzNews = { done: number } | { fault: string; target: string; number: number; text: string };

const inputsBetweenNews = 500;
const { seed, from, to }: FuzzRange = workerData;
const say = (news: FuzzNews): void => parentPort?.postMessage(news);

for (let number = from; number < to; number++) {
  const random = createSeededRandom(seed).fork(`input ${number}`);
  const target = targets[number % targets.length];
  if (!target) break;
  const text = mutate(target.texts[random.between(0, target.texts.length - 1)] ?? '', random);
  const fault = await faultOf(target, text);
  if (fault) say({ fault, target: target.name, number, text });
  if ((number - from) % inputsBetweenNews === 0) say({ done: number - from });
}
say({ done: to - from });
