import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Bulletin } from '@quakewire/core';
import { parseEmscAnswer } from '../../packages/producer/src/sources/emsc-answer.ts';
import { parseEmscFrame } from '../../packages/producer/src/sources/emsc-frame.ts';
import type { Parsed } from '../../packages/producer/src/sources/source.ts';
import { parseUsgsAnswer, parseUsgsEvent } from '../../packages/producer/src/sources/usgs-answer.ts';
import { parseUsgsHistory } from './usgs-history.ts';

/** What a file of recorded reports holds. */
export interface Recording {
  name: string;
  bulletins: Omit<Bulletin, 'receivedAtMs'>[];
  /** Reports that the parsers left out, by the field that made them. */
  leftOut: Record<string, number>;
}

/**
 * Reads a recording: a USGS GeoJSON answer, a USGS detail with its history, EMSC websocket frames (one a line), or an
 * EMSC FDSN answer.
 */
export async function readRecording(path: string): Promise<Recording> {
  const parsed = parseRecording(await readFile(path, 'utf8'));
  const leftOut: Record<string, number> = {};
  for (const event of parsed) {
    if ('bulletin' in event) continue;
    const why = 'skipped' in event ? `skipped by ${event.skipped}` : `rejected for ${event.rejected}`;
    leftOut[why] = (leftOut[why] ?? 0) + 1;
  }
  return {
    name: basename(path),
    bulletins: parsed.flatMap((event) => ('bulletin' in event ? [event.bulletin] : [])),
    leftOut,
  };
}

export function parseRecording(text: string): Parsed[] {
  const whole = parsed(text);
  if (Array.isArray(whole)) return [{ rejected: '(whole message)' }];
  if (!isRecord(whole)) return text.trim().split('\n').map(parseEmscFrame);
  if (isRecord(whole.properties) && isRecord(whole.properties.products)) return parseUsgsHistory(whole);
  if (whole.type === 'Feature') return [parseUsgsEvent(text)];
  if (Array.isArray(whole.features) && whole.features.some(isEmscFeature)) return parseEmscAnswer(text);
  return 'action' in whole ? [parseEmscFrame(text)] : parseUsgsAnswer(text);
}

const isEmscFeature = (feature: unknown): boolean =>
  isRecord(feature) && isRecord(feature.properties) && 'unid' in feature.properties;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
