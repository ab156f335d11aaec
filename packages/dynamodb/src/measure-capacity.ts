import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Capacity units that a client has used since measuring began. */
export interface Capacity {
  readUnits: number;
  writeUnits: number;
  calls: number;
}

interface ConsumedUnits {
  CapacityUnits?: number;
}

const writes = /^(Put|Update|Delete|BatchWrite|TransactWrite)/;

/** Makes the client ask for consumed capacity with every call, and adds it up: what is paid is measured, not guessed. */
export function measureCapacity(client: DynamoDBClient): Capacity {
  const used: Capacity = { readUnits: 0, writeUnits: 0, calls: 0 };
  client.middlewareStack.add(
    (next, context) => async (call) => {
      call.input = { ...call.input, ReturnConsumedCapacity: 'TOTAL' } as typeof call.input;
      const answer = await next(call);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: ConsumedUnits | ConsumedUnits[] };
      const units = [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      used.calls += 1;
      if (writes.test(context.commandName ?? '')) used.writeUnits += units;
      else used.readUnits += units;
      return answer;
    },
    { step: 'initialize', name: 'quakewireMeasureCapacity' },
  );
  return used;
}
