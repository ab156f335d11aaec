import * as z from 'zod';
import { parseEmscEvent } from './emsc-event.ts';
import { fieldOf } from './field-of.ts';
import { parseJson } from './parse-json.ts';
import type { Parsed } from './source.ts';

const frameSchema = z.object({ action: z.string().max(40), data: z.unknown() });

/** EMSC documents create and update; others were seen by its clients. */
const writing = ['create', 'created', 'insert', 'update', 'updated'];
const deleting = ['delete', 'deleted'];

/** Parses one text frame of the SeismicPortal socket. */
export function parseEmscFrame(text: string): Parsed {
  const frame = frameSchema.safeParse(parseJson(text));
  if (!frame.success) return { rejected: fieldOf(frame.error) };
  const action = frame.data.action.toLowerCase();
  if (!writing.includes(action) && !deleting.includes(action)) return { skipped: 'action' };
  return parseEmscEvent(frame.data.data, deleting.includes(action));
}
