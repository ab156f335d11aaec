/**
 * The body of an answer, chunk by chunk, until it ends, the reader has enough, or the signal is aborted. `fetch` alone does
 * not end it reliably: it holds its request, and with it the way from signal to body, by weak references only, which the
 * garbage collector may clear while the body is still read (nodejs/node#55428).
 * @throws the signal's reason when it is aborted.
 */
export async function* chunksOf(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
