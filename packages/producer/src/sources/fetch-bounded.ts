import { chunksOf } from './chunks-of.ts';
import { reasonOf } from './reason-of.ts';

/** What an unchanged feed is asked with the next time. */
export interface Validators {
  etag?: string;
  lastModified?: string;
}

export type Answer =
  | { kind: 'unchanged' }
  | { kind: 'changed'; text: string; validators: Validators }
  /** `status` where there was an answer at all; `retryAfterMs` is the provider's wish, where it has one. */
  | { kind: 'failed'; reason: string; status?: number; retryAfterMs?: number };

export interface Bounds {
  largestBytes: number;
  timeoutMs: number;
}

/** GET with validators. Never throws; redirects are refused, because they would leave the list of allowed hosts. */
export async function fetchBounded(
  url: URL,
  validators: Validators,
  { largestBytes, timeoutMs }: Bounds,
  signal: AbortSignal,
): Promise<Answer> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await fetch(url, {
      headers: conditionalHeaders(validators),
      redirect: 'error',
      signal: until,
    });
    if (response.status === 304) return { kind: 'unchanged' };
    if (response.status !== 200) {
      await response.body?.cancel();
      const { status } = response;
      return { kind: 'failed', reason: `status ${status}`, status, ...retryAfter(response) };
    }
    const text = await readBounded(response, largestBytes, until);
    if (text === undefined) return { kind: 'failed', reason: `answer above ${largestBytes} bytes` };
    return { kind: 'changed', text, validators: validatorsOf(response) };
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error) };
  }
}

function conditionalHeaders({ etag, lastModified }: Validators): Record<string, string> {
  return {
    accept: 'application/json',
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
  };
}

function validatorsOf({ headers }: Response): Validators {
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  return { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
}

/** Only the form in seconds: a date would need the provider's clock. */
function retryAfter({ headers }: Response): { retryAfterMs?: number } {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: Math.min(seconds, 300) * 1000 } : {};
}

/** The body, or undefined as soon as it is larger than allowed, counted after decompression. */
async function readBounded({ body }: Response, largestBytes: number, signal: AbortSignal): Promise<string | undefined> {
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(body, signal)) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the rest of the answer.
    if (bytes > largestBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
