import * as z from 'zod';
import { parseEmscEvent } from './emsc-event.ts';
import { fieldOf } from './field-of.ts';
import { parseJson } from './parse-json.ts';
import type { Parsed } from './source.ts';

const answerSchema = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

/** Parses an answer of EMSC's FDSN event service in its JSON format; each event succeeds or fails alone. */
export function parseEmscAnswer(text: string): Parsed[] {
  const answer = answerSchema.safeParse(parseJson(text));
  if (!answer.success) return [{ rejected: fieldOf(answer.error) }];
  return answer.data.features.map((event) => parseEmscEvent(event));
}
