import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type ChannelName, channelNames } from '@quakewire/core';
import { namesIn } from '../attribute-names.ts';
import { type Item, keysOf, reader } from '../attribute-values.ts';

export type EndpointCounts = Record<ChannelName, Record<string, number>>;

const parallelScans = 4;
const projection = 'pk, sk, #country, #optedOut';
/** Where a row does not say its country, it still counts: it costs a send like any other. */
const unknownCountry = 'ZZ';

/**
 * Endpoints by channel and country, opted-out rows left out: reads the whole table, and so needs no register to be right.
 * @throws when any part of it failed.
 */
export async function countEndpoints(options: { client: DynamoDBClient; table: string }): Promise<EndpointCounts> {
  const counts = Object.fromEntries(channelNames.map((channel) => [channel, {}])) as EndpointCounts;
  const count = (item: Item): void => {
    const channel = channelNames.find((name) => keysOf(item).partitionKey.startsWith(`${name}#`));
    if (!channel || reader(item).isYes('optedOut')) return;
    const country = reader(item).optionalText('country') ?? unknownCountry;
    counts[channel][country] = (counts[channel][country] ?? 0) + 1;
  };
  const segments = Array.from({ length: parallelScans }, (_, segment) => segment);
  await Promise.all(segments.map((segment) => scanSegment(options, segment, count)));
  return counts;
}

async function scanSegment(
  { client, table }: { client: DynamoDBClient; table: string },
  segment: number,
  take: (item: Item) => void,
): Promise<void> {
  let startKey: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: table,
        Segment: segment,
        TotalSegments: parallelScans,
        ProjectionExpression: projection,
        ExpressionAttributeNames: namesIn(projection),
        ...(startKey ? { ExclusiveStartKey: startKey } : {}),
      }),
    );
    Items.forEach(take);
    startKey = LastEvaluatedKey;
  } while (startKey);
}
