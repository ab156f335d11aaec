import { anAlert } from '@quakewire/testing';
import { isQuietUpdate } from './quiet-update.ts';

const update = (changes: Parameters<typeof anAlert>[0]) =>
  isQuietUpdate(anAlert({ kind: 'update', type: 'notification', previousType: 'notification', ...changes }));

describe('quiet update', () => {
  it.each([
    ['a little more', { previousMagnitude: 6.2, magnitude: 6.6 }, true],
    ['less', { previousMagnitude: 6.2, magnitude: 5.1 }, true],
    ['0.5 more, which is a little less in binary', { previousMagnitude: 7.7, magnitude: 8.2 }, false],
    ['an early warning after a notification', { previousMagnitude: 6.2, magnitude: 6.2, type: 'earlyWarning' }, false],
    [
      'an early warning after another',
      { previousMagnitude: 6.2, magnitude: 6.3, type: 'earlyWarning', previousType: 'earlyWarning' },
      true,
    ],
    ['an update of which nothing earlier is known', { magnitude: 6.2 }, false],
  ] as const)('%s', (_what, changes, isQuiet) => {
    expect(update(changes)).toBe(isQuiet);
  });

  it('is no alert, no cancel and no all-clear', () => {
    for (const kind of ['alert', 'cancel', 'allClear'] as const) {
      expect(update({ kind, previousMagnitude: 6.2, magnitude: 6.2 })).toBe(false);
    }
  });
});
