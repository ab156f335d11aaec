import { GetFunctionCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** What the gateway itself asks of the emulator, beside invocations. */
export interface Emulator {
  /** Full ARN, with the qualifier of `functionName` if it has one; null = there is no such function or qualifier. */
  functionArn(functionName: string): Promise<string | null>;
  secretText(secretArn: string): Promise<string | undefined>;
  sendMessage(queueArn: string, body: string): Promise<void>;
  putObject(bucketArn: string, key: string, body: string): Promise<void>;
  close(): void;
}

export function createEmulator({ url, region }: { url: string; region: string }): Emulator {
  const clientOptions = {
    endpoint: url,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const lambda = new LambdaClient(clientOptions);
  const secrets = new SecretsManagerClient(clientOptions);
  const queues = new SQSClient(clientOptions);
  const buckets = new S3Client({ ...clientOptions, forcePathStyle: true });

  return {
    async functionArn(functionName) {
      const { name, qualifier } = splitFunctionName(functionName);
      try {
        const command = new GetFunctionCommand({ FunctionName: name, ...(qualifier ? { Qualifier: qualifier } : {}) });
        const { Configuration: found } = await lambda.send(command);
        const unqualified = found?.FunctionArn?.split(':').slice(0, 7).join(':');
        if (!unqualified) return null;
        return qualifier ? `${unqualified}:${qualifier}` : unqualified;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return null;
        throw error;
      }
    },
    async secretText(secretArn) {
      const secret = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
      return secret.SecretString;
    },
    async sendMessage(queueArn, body) {
      const { QueueUrl } = await queues.send(new GetQueueUrlCommand({ QueueName: queueArn.split(':').at(-1) }));
      await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    },
    async putObject(bucketArn, key, body) {
      const bucket = bucketArn.split(':::').at(-1);
      await buckets.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' }),
      );
    },
    close() {
      for (const client of [lambda, secrets, queues, buckets]) client.destroy();
    },
  };
}

/** A name, `name:qualifier`, a partial ARN `account:function:name[:qualifier]` or a full ARN. */
export function splitFunctionName(functionName: string): { name: string; qualifier?: string } {
  const parts = functionName.split(':');
  const nameAt = parts.indexOf('function') + 1;
  const [name = functionName, qualifier] = parts.slice(nameAt);
  return qualifier ? { name, qualifier } : { name };
}
