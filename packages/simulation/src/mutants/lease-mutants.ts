import type { Mutant } from './mutant.ts';

const dispatch = 'packages/core/src/dispatch';
const worker = `${dispatch}/worker`;

/** What holds, takes and slots are for. */
export const leaseMutants: readonly Mutant[] = [
  {
    number: 3,
    name: 'take over without waiting',
    patches: [
      {
        file: `${worker}/observe-run.ts`,
        find: 'silentMs < view.run.durations.takeMs ?',
        replace: 'silentMs < 0 ?',
      },
    ],
  },
  {
    number: 4,
    name: 'take shorter than the hold',
    patches: [
      { file: `${dispatch}/urgency.ts`, find: 'takeMs: 7_500', replace: 'takeMs: 1_500' },
      { file: `${dispatch}/urgency.ts`, find: 'takeMs: 12_000', replace: 'takeMs: 2_500' },
    ],
  },
  {
    number: 5,
    name: 'hold counted from the answer',
    patches: [
      {
        file: `${worker}/claim-page.ts`,
        find: 'holding: { key, epoch: 1, owner }, hold, entries, source, rows },',
        replace: 'holding: { key, epoch: 1, owner }, hold: createHold(clock), entries, source, rows },',
      },
      {
        file: `${worker}/keep-hold.ts`,
        find: 'if (applied) held.hold = issued;',
        replace: 'if (applied && issued) held.hold = createHold(worker.ports.clock);',
      },
    ],
  },
  {
    number: 6,
    name: 'lease end by the time of day',
    patches: [
      {
        file: `${worker}/worker.ts`,
        find: 'nextOwner: () =>',
        replace: "nextOwner: () => [shift.workerId, '#', ++claims, '@', clock.wallMs()].join('') ||",
      },
      {
        file: `${worker}/observe-run.ts`,
        find: 'const silentMs = worker.watch.unchangedMs(pageName(seen.key), holderVersion(seen));',
        replace:
          'worker.watch.unchangedMs(pageName(seen.key), holderVersion(seen));\n  const silentMs = worker.ports.clock.wallMs() - Number(seen.owner.split("@")[1]);',
      },
    ],
  },
  {
    number: 7,
    name: 'no hold check before a send',
    patches: [
      {
        file: `${worker}/keep-hold.ts`,
        find: "if (hold.elapsedMs() >= startBoundMs(view.run.durations)) return 'holdLost';",
        replace: 'hold.elapsedMs();',
      },
      {
        file: `${worker}/keep-hold.ts`,
        find: 'if (held.hold.elapsedMs() >= beatAfterMs &&',
        replace: 'if (held.hold.elapsedMs() + beatAfterMs < 0 &&',
      },
    ],
  },
  {
    number: 26,
    name: 'a budget for each worker',
    patches: [
      {
        file: `${dispatch}/budget-share.ts`,
        find: '(aim * budget.effectiveRatePerSecond) / budget.slots;',
        replace: '(aim * budget.effectiveRatePerSecond) / Math.min(1, budget.slots);',
      },
    ],
  },
  {
    number: 27,
    name: 'another attempt without a turn in the rate',
    patches: [
      {
        file: `${worker}/send-page.ts`,
        find: '  await worker.turn();',
        replace: '  if (!sending.retries.has(at)) await worker.turn();',
      },
    ],
  },
  {
    number: 28,
    name: 'slot kept after a lost renewal',
    patches: [
      {
        file: `${worker}/slot-lease.ts`,
        find: 'mine = await budgets.renew(channel.name, { ...mine, ...changes });',
        replace: 'mine = (await budgets.renew(channel.name, { ...mine, ...changes })) ?? mine;',
      },
      {
        file: `${worker}/slot-lease.ts`,
        find: 'isValid: () => mine !== undefined && hold.elapsedMs() < slotHoldMs,',
        replace: 'isValid: () => mine !== undefined && hold.elapsedMs() >= 0,',
      },
    ],
  },
  {
    number: 31,
    name: "expiry by the worker's own clock",
    patches: [
      {
        file: `${worker}/worker.ts`,
        find: '    ports,\n    slot,',
        replace: '    ports: { ...ports, storeTime: () => ports.clock.wallMs() },\n    slot,',
      },
    ],
  },
  {
    number: 33,
    name: 'timers survive the handler',
    patches: [{ file: `${worker}/work.ts`, find: '  await background.end();\n', replace: '' }],
  },
  {
    number: 38,
    name: "hold taken from the worker's settings",
    patches: [
      {
        file: `${worker}/keep-hold.ts`,
        find: 'if (hold.elapsedMs() >= startBoundMs(view.run.durations))',
        replace: 'if (hold.elapsedMs() >= startBoundMs({ ...view.run.durations, holdMs: 40_000 }))',
      },
      {
        file: `${worker}/keep-hold.ts`,
        find: 'startBoundMs(held.view.run.durations) - beatMarginMs;',
        replace: 'startBoundMs({ ...held.view.run.durations, holdMs: 40_000 }) - beatMarginMs;',
      },
    ],
  },
];
