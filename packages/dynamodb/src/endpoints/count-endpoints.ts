import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type ChannelName, channelNames, unknownCountry } from '@quakewire/core';
import { namesIn } from '../attribute-names.ts';
import { type Item, reader } from '../attribute-values.ts';

export type CountsByChannel = Record<ChannelName, Record<string, number>>;

const parallelScans = 4;
/** Nothing that tells one row from another: the role that counts may read no more. */
const projection = 'pk, #country, #optedOut';

/**
 * Endpoints by channel and country, opted-out rows left out: reads the whole table, and so needs no register to be right.
 * @throws when any part of it failed.
 */
export async function countEndpoints(options: { client: DynamoDBClient; table: string }): Promise<CountsByChannel> {
  const counts = Object.fromEntries(channelNames.map((channel) => [channel, {}])) as CountsByChannel;
  const count = (item: Item): void => {
    const channel = channelNames.find((name) => item.pk?.S?.startsWith(`${name}#`));
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
        Select: 'SPECIFIC_ATTRIBUTES',
        ProjectionExpression: projection,
        ExpressionAttributeNames: namesIn(projection),
        ...(startKey ? { ExclusiveStartKey: startKey } : {}),
      }),
    );
    Items.forEach(take);
    startKey = LastEvaluatedKey;
  } while (startKey);
}
