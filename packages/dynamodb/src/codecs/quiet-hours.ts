import type { QuietHours } from '@quakewire/core';

const twoDigits = (value: number): string => String(value).padStart(2, '0');
const packMinute = (minute: number): string => twoDigits(Math.floor(minute / 60)) + twoDigits(minute % 60);

/** Local times from and until, hours and minutes: `22000700`. */
export const packQuietHours = ({ fromMinute, toMinute }: QuietHours): string =>
  packMinute(fromMinute) + packMinute(toMinute);

/** Undefined for what is no such time: a spoilt wish for quiet must not keep an alert from anybody. */
export function unpackQuietHours(packed: string | undefined): QuietHours | undefined {
  const [, from, fromMinutes, to, toMinutes] =
    /^([01]\d|2[0-3])([0-5]\d)([01]\d|2[0-3])([0-5]\d)$/.exec(packed ?? '') ?? [];
  if (from === undefined) return undefined;
  return {
    fromMinute: Number(from) * 60 + Number(fromMinutes),
    toMinute: Number(to) * 60 + Number(toMinutes),
  };
}
