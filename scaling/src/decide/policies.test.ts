import { readdirSync, readFileSync } from 'node:fs';
import { observationOf } from '../../test/observation-of.ts';
import { decide } from './decide.ts';
import { parsePolicy } from './parse-policy.ts';

const folder = new URL('../../policies/', import.meta.url);
const read = (name: string) => parsePolicy(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

test.each(readdirSync(folder))('the policy %s is accepted and names the four channels', (name) => {
  expect(read(name).channels.map((channel) => channel.name)).toEqual(['sms', 'email', 'telegram', 'webhook']);
});

test('under the local policy 2,500 endpoints a channel are told within its SLO', () => {
  const observation = observationOf({ sms: 2_500, email: 2_500, telegram: 2_500, webhook: 2_500 });
  const { predictions } = decide(observation, read('local.json'), null);
  for (const prediction of Object.values(predictions)) expect(prediction).toMatchObject({ sloMet: true });
});
