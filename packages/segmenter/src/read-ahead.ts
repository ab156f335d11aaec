/** Begins to read at once and always asks for the next batch before the last one is worked on. */
export function readAhead<Batch>(source: AsyncIterable<Batch>): AsyncIterable<Batch> {
  const iterator = source[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<Batch>> => {
    const next = iterator.next();
    // A failure is thrown where the batch is awaited; until then it must not count as unhandled.
    next.catch(() => undefined);
    return next;
  };
  let next = ask();
  return {
    async *[Symbol.asyncIterator]() {
      for (let batch = await next; !batch.done; batch = await next) {
        next = ask();
        yield batch.value;
      }
    },
  };
}

/** Reads several sources in order, up to `limit` begun at once. */
export async function* readInOrder<Source, Batch>(
  sources: readonly Source[],
  limit: number,
  open: (source: Source) => AsyncIterable<Batch>,
): AsyncGenerator<{ source: Source; batches: AsyncIterable<Batch> }> {
  const begun: { source: Source; batches: AsyncIterable<Batch> }[] = [];
  for (const source of sources) {
    begun.push({ source, batches: readAhead(open(source)) });
    if (begun.length >= limit) yield begun.shift() as (typeof begun)[number];
  }
  yield* begun;
}
