import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { ChannelName } from '@quakewire/core';
import { type HeldLetter, type LetterQueues, parseLetter } from './letter-queues.ts';

/** Letters are held this long for whoever reads them; after that others may read them again. */
const heldSeconds = 300;
const lettersPerCall = 10;

/** The queues that Terraform makes, `quakewire-<environment>-dead-letters-<channel>`; a channel that has none has no letters. */
export function createSqsLetterQueues(client: SQSClient, environment: string): LetterQueues {
  const held = new Map<string, { queueUrl: string; handle: string }>();

  async function urlOf(channel: ChannelName): Promise<string | undefined> {
    const QueueName = `quakewire-${environment}-dead-letters-${channel}`;
    try {
      return (await client.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
    } catch (error) {
      if (error instanceof QueueDoesNotExist) return undefined;
      throw error;
    }
  }

  async function readQueue(channel: ChannelName): Promise<HeldLetter[]> {
    const queueUrl = await urlOf(channel);
    const letters: HeldLetter[] = [];
    while (queueUrl) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          ...{ QueueUrl: queueUrl, MaxNumberOfMessages: lettersPerCall, VisibilityTimeout: heldSeconds },
          // A long poll asks every server of the queue: an empty answer means an empty queue.
          WaitTimeSeconds: 1,
        }),
      );
      if (Messages.length === 0) break;
      for (const { MessageId = '', ReceiptHandle: handle = '', Body = '' } of Messages) {
        held.set(handle, { queueUrl, handle });
        letters.push({ channel, handle, letter: parseLetter(MessageId, Body) });
      }
    }
    return letters;
  }

  return {
    read: async (channels) => (await Promise.all(channels.map(readQueue))).flat(),
    async remove({ handle }) {
      const place = held.get(handle);
      if (!place) return;
      await client.send(new DeleteMessageCommand({ QueueUrl: place.queueUrl, ReceiptHandle: handle }));
      held.delete(handle);
    },
    async release() {
      for (const { queueUrl, handle } of held.values())
        await client.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: handle, VisibilityTimeout: 0 }),
        );
      held.clear();
    },
  };
}
