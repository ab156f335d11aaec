import type { Notification } from '@quakewire/core';

/** A complete notification; what a test does not care about has a plain value. */
export const aNotification = (given: Partial<Notification> & { address: string }): Notification => ({
  message: { subject: 'Earthquake near Vrancea', text: 'Strong shaking in 12 s.' },
  exercise: false,
  reference: 'event-1.1.3.2.0123456789abcdef',
  validForSeconds: 120,
  ...given,
});

/** A signal that never fires. */
export const noTimeOut = (): AbortSignal => new AbortController().signal;
