import type { Deployed, Installation, Terminal } from '@quakewire/demo';
import type { Policy } from '@quakewire/scaling';
import type { Dispatcher } from './dispatcher.ts';
import type { Population } from './population.ts';

/** The deployed quakewire of a rehearsal. */
export interface Site {
  installation: Installation;
  deployed: Deployed;
  /** What the operators decided; they change it on the way. */
  policy: Policy;
  population: Population;
  dispatcher: Dispatcher;
  terminal: Terminal;
}
