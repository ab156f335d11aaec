import { offsetHours } from '@quakewire/core';
import { UsageError } from '../reports/usage-error.ts';

/** An instant, and the IANA zone in which somebody wrote it. */
export interface ZonedTime {
  timeMs: number;
  timeZone: string;
}

const pattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)(?:\[([\w+\-/]{1,60})\])?$/;

/** @throws UsageError for a time without an offset: nobody may have to guess where it is 10 o'clock. */
export function readInstant(name: string, value: string): number {
  const timeMs = instantOf(value);
  if (timeMs === undefined)
    throw new UsageError(`${name} must be a time with its offset, such as 2026-12-01T08:00:00Z or ...T10:00+02:00.`);
  return timeMs;
}

/** @throws UsageError for a time without offset and zone, or whose offset is not the zone's at that time. */
export function readZonedTime(name: string, value: string): ZonedTime {
  const timeMs = instantOf(value);
  const timeZone = pattern.exec(value)?.[3];
  if (timeMs === undefined || timeZone === undefined)
    throw new UsageError(
      `${name} must be a time with its offset and its zone, such as 2026-12-01T10:00+02:00[Europe/Bucharest].`,
    );
  const zoneHours = hoursOf(name, timeZone, timeMs);
  if (zoneHours !== writtenHours(value))
    throw new UsageError(`${name}: the offset is not that of its zone at that time (it is ${zoneHours} h).`);
  return { timeMs, timeZone };
}

function instantOf(value: string): number | undefined {
  const [, local, offset] = pattern.exec(value) ?? [];
  const timeMs = local === undefined ? Number.NaN : Date.parse(`${local}${offset}`);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

function writtenHours(value: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)(?:\[|$)/.exec(value) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60);
}

function hoursOf(name: string, timeZone: string, timeMs: number): number {
  try {
    return offsetHours(timeZone, timeMs);
  } catch {
    throw new UsageError(`${name}: there is no such time zone; its name is one such as Europe/Bucharest.`);
  }
}
