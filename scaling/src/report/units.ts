/** Seconds as a person says them: 47 s, 12 min, 2.9 h, 6.1 d. */
export function sayDuration(seconds: number): string {
  if (seconds < 600) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${tenths(seconds, 3_600)} h`;
  return `${tenths(seconds, 86_400)} d`;
}

/** Cents as dollars: 18174 is $181.74. */
export function sayUsd(cents: number): string {
  const dollars = Math.floor(cents / 100);
  return `$${sayCount(dollars)}.${String(cents % 100).padStart(2, '0')}`;
}

const thousands = new Intl.NumberFormat('en-US');

/** 1234567 is 1,234,567, whatever the machine's language. */
export function sayCount(count: number): string {
  return thousands.format(count);
}

function tenths(seconds: number, unitSeconds: number): string {
  return (Math.round((seconds * 10) / unitSeconds) / 10).toFixed(1);
}
