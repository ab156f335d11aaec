/** Newer engines answer by a method, older ones by a property. */
interface ZonedLocale {
  getTimeZones?(): string[] | undefined;
  timeZones?: string[] | undefined;
}

/** Where a reader is: enough to tell the time zone. */
export interface TimePlace {
  /** ISO 3166-1 alpha-2. */
  country: string;
  longitude: number;
}

/**
 * Local time with seconds and zone, e.g. `12:49:10 EEST`. In a country with several zones it is the one whose winter noon
 * is nearest to the sun's at this longitude: perhaps not the reader's own at a border, and true all the same, because the
 * zone is always said.
 */
export const localTime = (timeMs: number, { country, longitude }: TimePlace): string =>
  timeIn(timeZoneAt({ country, longitude }), Math.floor(timeMs / 1000));

/** IANA name of that zone; `UTC` for a country that there is not. */
export const timeZoneAt = ({ country, longitude }: TimePlace): string => zoneAt(`${country}/${Math.round(longitude)}`);

/** Minutes since local midnight, in the same zone. */
export function localMinute(timeMs: number, place: TimePlace): number {
  const [hours, minutes] = localTime(timeMs, place).split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** Everybody around has the same zone, and an alert says the same few instants to all: worked out once each. */
const zoneAt = remembering((place) => {
  const [country = '', longitude = '0'] = place.split('/');
  const zones = zonesOf(country);
  const error = (zone: string): number => Math.abs(winterOffsetHours(zone) - Number(longitude) / 15);
  return zones.reduce((best, zone) => (error(zone) < error(best) ? zone : best), zones[0] ?? 'UTC');
});

/** British English says European zones by their names. */
const formatOf = remembering(
  (timeZone) => new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'long', hourCycle: 'h23' }),
);
const timesOf = remembering((timeZone) =>
  remembering((seconds) =>
    formatOf(timeZone)
      .format(Number(seconds) * 1000)
      .replace('GMT', 'UTC'),
  ),
);
const timeIn = (timeZone: string, seconds: number): string => timesOf(timeZone)(String(seconds));

function zonesOf(country: string): readonly string[] {
  try {
    const locale = new Intl.Locale(`und-${country}`) as ZonedLocale;
    return locale.getTimeZones?.() ?? locale.timeZones ?? [];
  } catch {
    return [];
  }
}

/** The smaller one of January's and July's: summer is somewhere else on the other half of the Earth. */
function winterOffsetHours(zone: string): number {
  return Math.min(...[0, 6].map((month) => offsetHours(zone, Date.UTC(2026, month, 15))));
}

/** How far a zone's time is ahead of UTC then. @throws RangeError when there is no such zone. */
export function offsetHours(timeZone: string, timeMs: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(timeMs);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60);
}

/** Remembers the last few thousand answers of a pure function. */
function remembering<Answer>(answer: (name: string) => Answer): (name: string) => Answer {
  const known = new Map<string, Answer>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (known.size >= 5_000) known.clear();
    const made = answer(name);
    known.set(name, made);
    return made;
  };
}
