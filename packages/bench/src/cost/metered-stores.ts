import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Capacity, measureCapacity } from '@quakewire/dynamodb';
import { itemBytes } from './item-bytes.ts';

/** What calls of one kind used. */
export interface Usage {
  /** Who called what, such as `worker: ledger.claim`. */
  kind: string;
  capacity: Capacity;
  /** Of the calls, those whose condition did not hold; the store takes write units for them too. */
  refused: number;
}

export interface MeteredStores {
  /** A store each of whose methods has a client of its own, so that units are known by kind of call. */
  meter<Store extends object>(name: string, create: (client: DynamoDBClient) => Store): Store;
  usages(): Usage[];
  /** Resolves when no call is under way. */
  idle(): Promise<void>;
  close(): void;
}

/** A kilobyte or a part of it is one write unit. */
const bytesPerWriteUnit = 1024;

export function createMeteredStores(connect: () => DynamoDBClient): MeteredStores {
  const usages: Usage[] = [];
  const clients: DynamoDBClient[] = [];
  const waiting: (() => void)[] = [];
  let underWay = 0;

  function connectFor(kind: string): DynamoDBClient {
    const client = connect();
    clients.push(client);
    const usage = { kind, capacity: measureCapacity(client), refused: 0 };
    usages.push(usage);
    countRefusals(client, usage);
    return client;
  }

  async function counted<Result>(call: () => Promise<Result>): Promise<Result> {
    underWay++;
    try {
      return await call();
    } finally {
      underWay--;
      if (underWay === 0) for (const resolve of waiting.splice(0)) resolve();
    }
  }

  return {
    meter(name, create) {
      const shape = create(connectFor(name));
      const methods = Object.keys(shape).map((method) => {
        const store = create(connectFor(`${name}.${method}`)) as Record<
          string,
          (...args: unknown[]) => Promise<unknown>
        >;
        return [method, (...args: unknown[]) => counted(async () => store[method]?.(...args))];
      });
      return Object.fromEntries(methods);
    },
    usages: () => usages.filter(({ capacity, refused }) => capacity.calls + refused > 0),
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    close() {
      for (const client of clients) client.destroy();
    },
  };
}

/** A refused write's answer tells no units, but they are taken: those of the item as it is, at least one. */
function countRefusals(client: DynamoDBClient, usage: Usage): void {
  client.middlewareStack.add(
    (next) => async (call) => {
      try {
        return await next(call);
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        usage.refused++;
        usage.capacity.writeUnits += Math.max(1, Math.ceil(itemBytes(error.Item ?? {}) / bytesPerWriteUnit));
        throw error;
      }
    },
    { step: 'initialize', name: 'quakewireBenchRefusals' },
  );
}
