import { type StubAnswer, type StubRequest, startHttpStub } from './http-stub.ts';

export interface SeenRecord {
  partition: number;
  offset: number;
  timestamp: number;
  value: string;
  /** When the invocation arrived, milliseconds since the epoch. */
  invokedMs: number;
}

const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:f:live';

/** An emulator with one function, whose behaviour a test may exchange, and one secret. */
export async function startLambdaStub(secret: { username: string; password: string }) {
  const seen: SeenRecord[] = [];
  const waiters = new Set<() => void>();
  const until = (isReached: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = () => {
        if (!isReached()) return;
        waiters.delete(check);
        resolve();
      };
      waiters.add(check);
      check();
    });
  const stub = {
    seen,
    secret: { ...secret },
    /** Runs for each invocation; its answer is the function's. */
    behave: async (_records: SeenRecord[]): Promise<StubAnswer> => ({ body: 'null' }),
    /** Resolves as soon as so many records have been seen. */
    records: (count: number) => until(() => seen.length >= count),
    /** Resolves as soon as a record with this value has been seen. */
    record: (value: string) => until(() => seen.some((record) => record.value === value)),
  };
  const server = await startHttpStub(async (request: StubRequest) => {
    if (request.path.endsWith('/invocations')) {
      const records = recordsOf(request.body);
      seen.push(...records);
      for (const waiter of waiters) waiter();
      return stub.behave(records);
    }
    if (request.path.startsWith('/2015-03-31/functions/'))
      return { body: { Configuration: { FunctionArn: functionArn } } };
    return { body: { SecretString: JSON.stringify(stub.secret) } };
  });
  return Object.assign(stub, { url: server.url, stop: server.stop });
}

function recordsOf(body: string): SeenRecord[] {
  const { records } = JSON.parse(body) as { records: Record<string, SeenRecord[]> };
  return Object.values(records)
    .flat()
    .map((record) => ({
      ...record,
      value: Buffer.from(record.value, 'base64').toString('utf8'),
      invokedMs: Date.now(),
    }));
}
