import type { Alert } from '@quakewire/core';
import type { World } from './world.ts';

/**
 * Runs a step with an alert in the midst of it: dispatched when the step says so, or at its end if it never does. The
 * step is done when everybody has been told.
 * @throws When somebody was not told, or told twice, without the ledger saying so.
 */
export async function withAlert<T>(world: World, step: (dispatch: () => void) => Promise<T>): Promise<T> {
  let dispatching: Promise<Alert> | undefined;
  const dispatch = () => {
    dispatching ??= world.dispatcher.dispatch();
    // Whoever awaits it below hears of a failure; until then it is nobody's.
    dispatching.catch(() => undefined);
  };
  const result = await step(dispatch);
  const isDuring = dispatching !== undefined;
  dispatch();
  await judgeAlert(world, await (dispatching as unknown as Promise<Alert>), isDuring ? 'during it' : 'after it');
  return result;
}

export async function judgeAlert(
  { dispatcher, population, terminal }: World,
  alert: Alert,
  when: string,
): Promise<void> {
  const { concerned, told, unknown, broken } = await dispatcher.judge(alert, population.inForce());
  terminal.line(
    `  alert ${when}: ${concerned} concerned, ${told} told once, ${unknown} unknown, ${broken.length} lost or doubled`,
  );
  if (concerned === 0 || broken.length > 0)
    throw new Error(
      `the alert ${when} reached not everybody once: ${broken.slice(0, 5).join(', ') || 'nobody lives there'}`,
    );
}
