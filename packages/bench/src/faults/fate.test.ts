import { type Fate, harmOf } from './fate.ts';

const fate = (changes: Partial<Fate>): Fate => ({ told: 1, recorded: 'accepted', wasUnknown: false, ...changes });

test('whoever was told once and is recorded so is well', () => {
  expect(harmOf([fate({})])).toEqual({ toBeTold: 1, missed: 0, doubled: 0, unknown: 0, unrecorded: 0 });
});

test('nobody told them, whatever the record says', () => {
  expect(harmOf([fate({ told: 0 }), fate({ told: 0, recorded: undefined })]).missed).toBe(2);
});

test('unknown is neither missed nor doubled', () => {
  const unknown = [0, 1, 2].map((told) => fate({ told, recorded: 'unknown' }));
  expect(harmOf(unknown)).toMatchObject({ missed: 0, doubled: 0, unknown: 3 });
});

test('told twice is doubled unless it was marked', () => {
  expect(harmOf([fate({ told: 2 }), fate({ told: 2, wasUnknown: true })]).doubled).toBe(1);
});

test('told, and the record is gone', () => {
  expect(harmOf([fate({ recorded: undefined })])).toMatchObject({ unrecorded: 1, missed: 0 });
});
