import type { Fault } from './fault.ts';
import { playSchedule } from './play-schedule.ts';

const faults: Fault[] = [
  { atMs: 0, kind: 'killConsumer', channel: 'sms' },
  { atMs: 1, kind: 'restartBroker' },
];

test('every fault strikes once, and is told when it strikes and when it is over', async () => {
  const struck: Fault[] = [];
  const said: string[] = [];
  const strike = async (fault: Fault) => {
    struck.push(fault);
    return 'well again';
  };
  await playSchedule(faults, { strike, say: (line) => said.push(line) });
  expect(struck).toEqual(faults);
  expect(said.filter((line) => line.endsWith('...'))).toHaveLength(2);
  expect(said.filter((line) => line.endsWith('well again'))).toHaveLength(2);
});

test('answers the faults that found somebody to strike', async () => {
  const strike = async (fault: Fault) => (fault.kind === 'restartBroker' ? 'answers again' : undefined);
  expect(await playSchedule(faults, { strike, say: () => undefined })).toEqual([faults[1]]);
});

test('a fault that cannot be done fails the run', async () => {
  const strike = () => Promise.reject(new Error('no broker'));
  await expect(playSchedule(faults, { strike, say: () => undefined })).rejects.toThrow('no broker');
});
