import type { Prediction } from '../decide/sizing.ts';
import { sayCount, sayDuration } from './units.ts';
import { examples, sizeExample } from './worked-examples.ts';

const width = 760;
const height = 440;
const margin = { left: 64, right: 150, top: 40, bottom: 48 };
const endpointTicks = [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 50_000_000];
const secondTicks = [1, 10, 60, 600, 3_600, 36_000, 86_400, 864_000, 2_592_000];
const colours = ['#b3261e', '#1a5fb4', '#7b3fa0', '#2a7d4f', '#a65f00', '#333333'];

/** Time to the last recipient over the number of endpoints, both logarithmic, one line a channel. */
export function renderChart(): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>Time to the last recipient by endpoints and provider rate</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${margin.left}" y="20" font-size="14">Time to the last recipient: the provider's rate decides</text>`,
    ...secondTicks.map(horizontalLine),
    ...endpointTicks.map(verticalLine),
    `<text x="${width / 2}" y="${height - 8}" text-anchor="middle">endpoints on the channel</text>`,
    ...examples.map((_, position) => channelLine(position)),
    '</svg>',
    '',
  ].join('\n');
}

function horizontalLine(seconds: number): string {
  const y = place(seconds, secondTicks, height - margin.bottom, margin.top);
  return `<path d="M${margin.left} ${y}H${width - margin.right}" stroke="#dddddd"/><text x="${margin.left - 6}" y="${y + 4}" text-anchor="end">${sayDuration(seconds)}</text>`;
}

function verticalLine(endpoints: number): string {
  const x = placeX(endpoints);
  return `<path d="M${x} ${margin.top}V${height - margin.bottom}" stroke="#dddddd"/><text x="${x}" y="${height - 30}" text-anchor="middle">${sayCount(endpoints)}</text>`;
}

function channelLine(position: number): string {
  const example = examples[position] as (typeof examples)[number];
  const points = chartEndpoints().map((endpoints) => {
    const { lastRecipientSeconds } = sizeExample(example, endpoints).predictions[example.name] as Prediction;
    const y = place(lastRecipientSeconds ?? 1, secondTicks, height - margin.bottom, margin.top);
    return { x: placeX(endpoints), y };
  });
  const colour = colours[position];
  const end = points.at(-1) as { x: number; y: number };
  const path = points.map(({ x, y }) => `${x},${y}`).join(' ');
  return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/><text x="${end.x + 6}" y="${end.y + 4}" fill="${colour}">${example.name} ${example.contract.split(' ')[0]}</text>`;
}

/** 1, 2 and 5 in every power of ten, from 100 to 50 million. */
function chartEndpoints(): number[] {
  return [2, 3, 4, 5, 6, 7].flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power));
}

const placeX = (endpoints: number) => place(endpoints, endpointTicks, margin.left, width - margin.right);

/** Position on a logarithmic axis whose first and last tick are its ends, in whole points. */
function place(value: number, ticks: readonly number[], start: number, end: number): number {
  const first = Math.log(ticks[0] as number);
  const last = Math.log(ticks.at(-1) as number);
  return Math.round(start + ((Math.log(value) - first) / (last - first)) * (end - start));
}
