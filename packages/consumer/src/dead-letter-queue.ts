import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetters } from '@quakewire/core';

/** Dead letters in an SQS queue, one JSON message each. */
export const createDeadLetterQueue = (client: SQSClient, queueUrl: string): DeadLetters => ({
  async send(letter) {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(letter) }));
  },
});
