import type { ChannelName, DeadLetter, Endpoint, Entry } from '@quakewire/core';
import {
  anAlert,
  anEndpoint,
  anEntry,
  aPage,
  aPageKey,
  aRun,
  aSegment,
  aSegmentMap,
  createInMemoryEndpoints,
  createInMemoryLedger,
  createInMemoryRunStore,
  createInMemorySegmentMapStore,
  keyOf,
} from '@quakewire/testing';
import { handleLetters } from './handle-letters.ts';
import type { HeldLetter, LetterQueues } from './letter-queues.ts';
import type { LettersCommand } from './read-letters-options.ts';

const key = aPageKey();
const letter: DeadLetter = {
  ...{ schema: 1, type: 'undelivered', id: 'eq1/1/sms/0/0/1', ...key },
  endpoints: [1, 2, 3].map((number, slot) => ({
    ...{ slot, endpointId: anEndpoint(number).id, attempts: 3 },
    reason: number === 3 ? 'twilio:20429' : 'twilio:20503',
  })),
};
const poison: DeadLetter = {
  ...{ schema: 1, type: 'poison', id: 'dispatch.sms/0/7', channel: 'sms' },
  ...{ reason: 'value: is not JSON', payload: Buffer.from('+40 700 000 000').toString('base64') },
};

function queuesOf(letters: DeadLetter[]) {
  const left = letters.map((each): HeldLetter => ({ channel: 'sms', handle: each.id, letter: each }));
  const queues: LetterQueues = {
    read: async (channels: readonly ChannelName[]) => left.filter(({ channel }) => channels.includes(channel)),
    remove: async (held) => void left.splice(left.indexOf(held), 1),
    release: async () => undefined,
  };
  return { queues, left: () => left.map(({ letter: { id } }) => id) };
}

/** A closed run whose page has three exhausted endpoints, the second of whom has opted out since. */
async function world(changes: { nowMs?: number; outcomes?: Entry['outcome'][] } = {}) {
  const people = [1, 2, 3].map((number): Endpoint => anEndpoint(number, { optedOut: number === 2 }));
  const { cell } = keyOf(people[0] as Endpoint);
  const [runs, ledger, maps] = [createInMemoryRunStore(), createInMemoryLedger(), createInMemorySegmentMapStore()];
  const run = aRun();
  await runs.putAlert(anAlert());
  await runs.open(run);
  await maps.publish(aSegmentMap({ segments: [aSegment({ pages: [aPage({ range: { cell, from: '', to: '~' } })] })] }));
  const outcomes = changes.outcomes ?? ['exhausted', 'exhausted', 'exhausted'];
  const entries = outcomes.map((outcome, at) => anEntry(at + 1, { outcome }));
  await ledger.claim(key, 'w', entries);
  await ledger.settle({ key, epoch: 1, owner: 'w' }, entries);
  const letters = queuesOf([letter, poison]);
  const ports = {
    ...{ runs, ledger, maps, endpoints: createInMemoryEndpoints(people), queues: letters.queues },
    storeTime: () => changes.nowMs ?? run.issuedAtMs + 60_000,
  };
  const handle = (command: LettersCommand) => handleLetters({ command, environment: 'local' }, ports);
  return { run, runs, ledger, handle, left: letters.left };
}

const replay = (apply: boolean): LettersCommand => ({ verb: 'replay', ids: [], apply });

test('letters are listed and grouped by cause, without a word of what they carry', async () => {
  const { handle, left } = await world();
  const list = await handle({ verb: 'list' });
  expect(list).toContain('3 endpoints    eq1/1/sms/0/0/1  twilio:20503; twilio:20429');
  expect(list).toContain('letters: 2');
  const groups = await handle({ verb: 'group' });
  expect(groups).toMatch(/1 +2 +sms +undelivered +twilio:20503/);
  expect(groups).toMatch(/1 +1 +sms +undelivered +twilio:20429/);
  const explained = await handle({ verb: 'explain', id: poison.id });
  expect(explained).toContain('value: is not JSON');
  expect(list + groups + explained).not.toContain('700 000');
  expect(left()).toEqual([letter.id, poison.id]);
});

test('a letter is explained: its alert, its endpoints, and what a replay would do for each', async () => {
  const { handle } = await world();
  const text = await handle({ verb: 'explain', id: letter.id });
  expect(text).toContain('Marmara Sea');
  expect(text).toMatch(/0000000000010001 {2}twilio:20503, attempts 3; now exhausted: is told once more/);
  expect(text).toMatch(/0000000000020001 .*is not told: opted out/);
});

test('a dry run changes nothing', async () => {
  const { handle, ledger, runs, run, left } = await world();
  const before = ledger.all();
  expect(await handle(replay(false))).toContain('2 endpoints would be queued once more');
  expect(ledger.all()).toEqual(before);
  expect(await runs.read(run)).toMatchObject({ generation: 0 });
  expect(left()).toHaveLength(2);
});

test('a replay queues those who may be told, opens the run again and removes the letter', async () => {
  const { handle, ledger, runs, run, left } = await world();
  expect(await handle(replay(true))).toContain('2 endpoints queued once more');
  expect((await ledger.read(key))?.entries.map(({ outcome }) => outcome)).toEqual([
    'replayed',
    'exhausted',
    'replayed',
  ]);
  const queued = await ledger.readQueued(run);
  expect(queued.map(({ state, rows }) => [state, rows?.map(({ endpointId }) => endpointId)])).toEqual([
    ['queued', [anEndpoint(1).id, anEndpoint(3).id]],
  ]);
  expect((await runs.read(run))?.generation).toBeGreaterThan(0);
  expect(left()).toEqual([poison.id]);
});

test('a second replay of the same letter finds nothing to do', async () => {
  const { handle, ledger, run } = await world();
  await handle(replay(true));
  const again = queuesOf([letter]);
  expect(again.left()).toHaveLength(1);
  const before = await ledger.readQueued(run);
  await handle(replay(true));
  expect(await ledger.readQueued(run)).toEqual(before);
});

test('nobody is told again whom the ledger has as anything but exhausted', async () => {
  const { handle, ledger, run, left } = await world({ outcomes: ['accepted', 'unknown', 'handedToBackup'] });
  expect(await handle(replay(true))).toContain('0 endpoints queued once more');
  expect(await ledger.readQueued(run)).toEqual([]);
  expect(left()).toEqual([poison.id]);
});

test('what has expired is not replayed, and its letter stays', async () => {
  const { handle, ledger, run, left } = await world({ nowMs: aRun().expiresAtMs });
  expect(await handle(replay(true))).toContain('the alert has expired');
  expect(await ledger.readQueued(run)).toEqual([]);
  expect(left()).toHaveLength(2);
});

test('what a later alert has taken the place of is not replayed', async () => {
  const { handle, runs, left } = await world();
  await runs.putAlert(anAlert({ seq: 2, kind: 'cancel' }));
  expect(await handle(replay(true))).toContain('a later alert has taken the place');
  expect(left()).toHaveLength(2);
});

test('a letter that is not there is an error that names it', async () => {
  const { handle } = await world();
  await expect(handle({ verb: 'replay', ids: ['eq9/1/sms/0/0/1'], apply: true })).rejects.toThrow('eq9/1/sms/0/0/1');
});
