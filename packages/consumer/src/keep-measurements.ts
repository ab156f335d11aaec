import type { ChannelName, Logger, SendMeasurement, SendMeasurements, Shift } from '@quakewire/core';

export interface KeepMeasurementsPorts {
  channel: ChannelName;
  take(): SendMeasurement | undefined;
  measurements: SendMeasurements;
  log: Logger;
}

/** Keeps what a shift saw of its provider, for sizing. It is never a reason for a wake-up to fail. */
export function keepMeasurements<Message, Done>(
  work: (message: Message, shift: Shift) => Promise<Done>,
  { channel, take, measurements, log }: KeepMeasurementsPorts,
): (message: Message, shift: Shift) => Promise<Done> {
  return async (message, shift) => {
    const done = await work(message, shift);
    const measured = take();
    if (measured) {
      await measurements.put(channel, shift.workerId, measured).catch((error: Error) => {
        log.warn({ channel, error: error.name }, 'send measurement not kept: sizing goes on from others');
      });
    }
    return done;
  };
}
