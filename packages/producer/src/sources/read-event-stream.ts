import { createParser } from 'eventsource-parser';
import { chunksOf } from './chunks-of.ts';
import { reasonOf } from './reason-of.ts';

const largestEventCharacters = 16 * 1024;
const contentType = 'text/event-stream';

/**
 * Reads server-sent events until the stream ends or is aborted; never rejects. Redirects are refused, because they would
 * leave the list of allowed hosts; so is a page, which asks a person and not a program.
 * @returns why it ended, without any address.
 */
export async function readEventStream(url: URL, onData: (data: string) => void, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(url, { headers: { accept: contentType }, redirect: 'error', signal });
    const refusal = refusalOf(response);
    if (refusal || !response.body) {
      await response.body?.cancel();
      return refusal ?? 'empty answer';
    }
    let tooLarge = false;
    const parser = createParser({
      maxBufferSize: largestEventCharacters,
      onEvent: ({ data }) => onData(data),
      onError: ({ type }) => {
        tooLarge ||= type === 'max-buffer-size-exceeded';
      },
    });
    const decoder = new TextDecoder();
    for await (const chunk of chunksOf(response.body, signal)) {
      parser.feed(decoder.decode(chunk, { stream: true }));
      // Leaving the loop cancels the rest of the stream.
      if (tooLarge) return `event above ${largestEventCharacters} characters`;
    }
    return 'closed';
  } catch (error) {
    return reasonOf(error);
  }
}

function refusalOf({ status, headers }: Response): string | undefined {
  if (status !== 200) return `status ${status}`;
  return headers.get('content-type')?.startsWith(contentType) ? undefined : 'not an event stream';
}
