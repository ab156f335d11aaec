import { type Bulletin, carryOutRequests, type DispatchPorts, dispatchAlert, receiveBulletin } from '@quakewire/core';
import {
  aBulletin,
  aPage,
  aPolicy,
  aSegment,
  aSegmentMap,
  aSizing,
  createInMemoryBudgetStore,
  createInMemoryEarthquakeStore,
  createInMemoryPolicyStore,
  createInMemoryRequests,
  createInMemoryRunStore,
  createInMemorySegmentMapStore,
  createInMemorySizingStore,
  createInMemoryWakeUpLog,
  createStepClock,
  operators,
  originTimeMs,
} from '@quakewire/testing';
import { operate } from './operate.ts';
import type { OperatorPorts } from './operator-ports.ts';
import { readAlertOptions } from './read-alert-options.ts';
import { readDrillOptions } from './read-drill-options.ts';

const nothing = (): void => undefined;
const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Two people at their terminals, and a leader that looks for their requests whenever they wait. */
async function createOffice() {
  const clock = createStepClock();
  const runs = createInMemoryRunStore();
  const maps = createInMemorySegmentMapStore();
  const pages = [aPage({ endpoints: 80 }), aPage({ centre: { latitude: 5, longitude: 5 }, endpoints: 70 })];
  for (const channel of ['sms', 'email'] as const)
    await maps.publish(aSegmentMap({ channel, segments: [aSegment({ pages })] }));
  const policies = createInMemoryPolicyStore();
  await policies.put(aPolicy());
  const [earthquakes, requests] = [createInMemoryEarthquakeStore(), createInMemoryRequests()];
  const sizing = createInMemorySizingStore(aSizing({ providerRatePerSecond: 2 }));
  const office = {
    nowMs: originTimeMs + 65_000,
    isUp: true,
    isBlind: false,
    wakeUps: createInMemoryWakeUpLog(4),
    requests,
    earthquakes,
  };
  const storeNow = () => office.nowMs;
  const dispatchPorts: DispatchPorts = {
    ...{ runs, maps, sizing, clock, wakeUps: office.wakeUps, budgets: createInMemoryBudgetStore(runs) },
  };
  const receive = (bulletin: Bulletin) =>
    receiveBulletin(bulletin, {
      ...{ earthquakes, policy: aPolicy(), storeNow, logger },
      limitSpending: async (alert) => alert,
      dispatch: (alert, { pinnedMaps }) =>
        dispatchAlert({ alert, channels: ['sms', 'email'], pinnedMaps }, dispatchPorts),
    });
  const lead = async (): Promise<void> => {
    office.nowMs += 500;
    const policy = async () => aPolicy();
    if (office.isUp) await carryOutRequests({ requests, earthquakes, receive, storeNow, policy, logger });
  };
  const portsOf = (person: number): OperatorPorts => ({
    ...{ earthquakes, policies, requests, maps, storeNow, sleep: lead },
    sizing: { read: async () => (office.isBlind ? Promise.reject(new Error('unreadable')) : sizing.read()) },
    whoAmI: async () => operators[person] as (typeof operators)[0],
    suffix: () => 'k3f9',
  });
  const alert = (person: number, ...args: string[]): Promise<string> => {
    const options = readAlertOptions(args);
    if (options === 'help') throw new Error('help');
    office.nowMs += 1_000;
    return operate(options.wanted, { ...options, name: 'alert' }, portsOf(person));
  };
  const drill = (person: number, ...args: string[]): Promise<string> => {
    const options = readDrillOptions(args);
    if (options === 'help') throw new Error('help');
    office.nowMs += 1_000;
    return operate(options.wanted, { ...options, name: 'drill' }, portsOf(person));
  };
  return Object.assign(office, { alert, drill, lead, receive });
}

const place = [
  '--latitude',
  '40.85',
  '--longitude',
  '28.2',
  '--depth',
  '10',
  '--magnitude',
  '6.2',
  '--region',
  'Marmara',
];
const issue = ['issue', '--origin', new Date(originTimeMs).toISOString().replace('.000', ''), ...place];
const idIn = (text: string): string => /approve (\S+) --environment local --apply/.exec(text)?.[1] ?? '';

describe('alerts by hand', () => {
  it('are shown before anything is written: who, how many, minutes, cost', async () => {
    const office = await createOffice();
    const preview = await office.alert(0, ...issue);
    expect(preview).toContain('issue: M6.2 at 40.85, 28.2, 10 km deep, Marmara, origin 2025-04-23 09:49:10 UTC');
    expect(preview).toContain('sms      at most 80 endpoints, 0.7 min, 4.00 USD');
    expect(preview).toContain('at most   160 endpoints, 0.7 min, 4.00 USD at 0.05 USD an SMS');
    expect(preview).toContain('Nothing was written');
    expect([await office.requests.listOpen(), office.earthquakes.all(), office.wakeUps.drain('sms')]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('take two people to start and one to stop, and who they were is kept', async () => {
    const office = await createOffice();
    const id = idIn(await office.alert(0, ...issue, '--apply'));
    await expect(office.alert(0, 'approve', id, '--apply')).rejects.toThrow('You asked for this yourself');
    expect(await office.alert(1, 'approve', id)).toContain('Nothing was approved');
    await office.lead();
    expect(office.wakeUps.drain('sms')).toEqual([]);
    const approved = await office.alert(1, 'approve', id, '--apply');
    expect(approved).toContain(`issue: dispatched as 20250423T094910-${id}/1`);
    expect(approved).toContain(
      'asked by arn:aws:iam::123456789012:user/ana, approved by arn:aws:iam::123456789012:user/ion',
    );
    expect(office.wakeUps.drain('sms')).toHaveLength(1);
    expect(await office.alert(2, 'cancel', `20250423T094910-${id}`)).toContain('Nothing was written');
    const stopped = await office.alert(2, 'cancel', `20250423T094910-${id}`, '--apply');
    expect(stopped).toContain(`cancel: dispatched as 20250423T094910-${id}/2`);
    expect(office.earthquakes.all()[0]?.lastAlert?.kind).toBe('cancel');
    expect(await office.alert(1, 'list')).toMatch(
      /^0 open\n2 ended last\n.*cancel: dispatched.*user\/mara\n.*issue: dispatched/,
    );
  });

  it('change what is asked to change, and nothing else', async () => {
    const office = await createOffice();
    await office.receive(aBulletin());
    const [earthquake] = office.earthquakes.all();
    const id = idIn(await office.alert(0, 'update', earthquake?.id ?? '', '--magnitude', '7', '--apply'));
    await office.alert(1, 'approve', id, '--apply');
    const preferred = { source: 'operator', magnitude: 7, hypocentre: aBulletin().hypocentre };
    expect(office.earthquakes.all()).toMatchObject([{ preferred, lastAlert: { kind: 'update', magnitude: 7 } }]);
    await expect(office.alert(0, 'update', 'nothing', '--magnitude', '7')).rejects.toThrow('no such earthquake');
  });

  it('say what they would not do', async () => {
    const office = await createOffice();
    expect(await office.alert(0, ...issue, '--magnitude', '3')).toContain('nobody: it is smaller than policy keeps');
    expect(await office.alert(0, ...issue, '--magnitude', '4.3')).toContain('nobody: policy says magnitudeTooSmall');
    expect(await office.alert(0, 'cancel', 'nothing')).toContain('nobody: there is no such earthquake');
    await expect(office.alert(0, 'approve', 'nothing')).rejects.toThrow('no such open request');
    await expect(office.alert(0, 'withdraw', 'nothing')).rejects.toThrow('no such open request');
    await expect(office.alert(0, ...issue, '--magnitude', '4.3', '--apply')).rejects.toThrow('Nothing was written');
    expect(await office.requests.listOpen()).toEqual([]);
    await expect(office.alert(0, 'cancel', 'nothing', '--apply')).rejects.toThrow('nobody is told: there is no such');
    office.isUp = false;
    await expect(office.alert(0, 'cancel', 'nothing', '--apply')).rejects.toThrow('no leader has taken it within 20 s');
  });

  it('are stopped also where no preview can be read', async () => {
    const office = await createOffice();
    await office.receive(aBulletin());
    const id = office.earthquakes.all()[0]?.id ?? '';
    office.isBlind = true;
    await expect(office.alert(0, 'cancel', id)).rejects.toThrow('unreadable');
    expect(await office.alert(0, 'cancel', id, '--apply')).toContain(`cancel: dispatched as ${id}/2`);
  });

  it('are withdrawn by anybody before they begin', async () => {
    const office = await createOffice();
    const id = idIn(await office.alert(0, ...issue, '--apply'));
    expect(await office.alert(2, 'withdraw', id, '--apply')).toContain('issue: withdrawn; asked by arn:aws:iam');
    await expect(office.alert(1, 'approve', id, '--apply')).rejects.toThrow('no such open request');
  });
});

describe('drills', () => {
  const schedule = (time: string): string[] => ['schedule', '--at', time, '--country', 'TR', ...place];
  const noon = '2025-04-23T14:00+03:00[Europe/Istanbul]';

  it('begin at their time as exercises, and are stopped by one', async () => {
    const office = await createOffice();
    const id = idIn(await office.drill(0, ...schedule(noon), '--apply'));
    await expect(office.alert(1, 'approve', id, '--apply')).rejects.toThrow(
      'This is a drill: npm run drill -- approve.',
    );
    expect(await office.drill(1, 'approve', id, '--apply')).toContain('EXERCISE, alert, earlyWarning');
    await office.lead();
    expect(office.wakeUps.drain('sms')).toEqual([]);
    office.nowMs = Date.parse('2025-04-23T14:00:01+03:00');
    await office.lead();
    expect(office.earthquakes.all()).toMatchObject([
      { id: `exercise-20250423T110000-${id}`, lastAlert: { exercise: true } },
    ]);
    expect(await office.drill(2, 'stop', id, '--apply')).toContain('cancel: dispatched as exercise-');
  });

  it('are not held when somebody stops them before, nor approved as a drill what is none', async () => {
    const office = await createOffice();
    const id = idIn(await office.drill(0, ...schedule(noon), '--apply'));
    await office.drill(1, 'approve', id, '--apply');
    expect(await office.drill(0, 'stop', id, '--apply')).toContain('drill: withdrawn');
    expect(await office.drill(0, 'stop', id, '--apply')).toContain('There is nothing to stop');
    await expect(office.drill(0, 'stop', 'nothing')).rejects.toThrow('There is no such drill');
    const real = idIn(await office.alert(0, ...issue, '--apply'));
    await expect(office.drill(1, 'approve', real, '--apply')).rejects.toThrow(
      'This is no drill: npm run alert -- approve.',
    );
  });

  it('are refused at night and in the past', async () => {
    const office = await createOffice();
    await expect(office.drill(0, ...schedule('2025-04-24T03:19+03:00[Europe/Istanbul]'), '--apply')).rejects.toThrow(
      'between 22:00 and 07:00',
    );
    await expect(office.drill(0, ...schedule('2025-04-22T10:00+03:00[Europe/Istanbul]'))).rejects.toThrow(
      'in the past',
    );
    expect(await office.requests.listOpen()).toEqual([]);
  });
});
