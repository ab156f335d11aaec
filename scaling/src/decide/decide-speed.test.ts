import { performance } from 'node:perf_hooks';
import { observationOf } from '../../test/observation-of.ts';
import { decide } from './decide.ts';
import type { PolicyInput } from './policy.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const countries = letters.flatMap((first) => letters.map((second) => first + second)).slice(0, 200);

test('50 million endpoints in 200 countries, each with a sender of its own or the common one, are decided within 10 ms', () => {
  const byCountry = Object.fromEntries(countries.map((country) => [country, 250_000]));
  const observation = observationOf({ sms: 0 });
  observation.endpointsByChannelAndCountry = {
    sms: { status: 'ok', ageSeconds: 1, byCountry, fullCount: 50_000_000, fullCountAgeSeconds: 1 },
  };
  const own = countries.slice(0, 49).map((country) => ({ countries: [country], providerRatePerSecond: 100 }));
  const policy: PolicyInput = {
    schemaVersion: 1,
    channels: [{ name: 'sms', senders: [...own, { providerRatePerSecond: 10_000 }] }],
  };
  const timesMs = Array.from({ length: 20 }, () => {
    const start = performance.now();
    decide(observation, policy, null);
    return performance.now() - start;
  });
  // The quickest of 20: what the code takes, whatever else the machine does meanwhile.
  expect(Math.min(...timesMs)).toBeLessThan(10);
});
