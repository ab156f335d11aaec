import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startAwsEmulator } from '@quakewire/local-stack';
import { createS3ChangeStore } from '../src/adapters/s3-change-store.ts';
import { createS3File } from '../src/adapters/s3-file.ts';
import { changeStoreContract, versionedFileContract } from './file-contracts.ts';
import { createInMemoryFile, createInMemoryStore } from './in-memory-files.ts';

versionedFileContract('the file in memory', createInMemoryFile);
changeStoreContract('the store in memory', createInMemoryStore);

describe('on an S3', () => {
  const bucket = 'deployment-contracts';
  let emulator: Awaited<ReturnType<typeof startAwsEmulator>>;
  let client: S3Client;
  let made = 0;

  beforeAll(async () => {
    emulator = await startAwsEmulator({ name: 'deployment-files' });
    client = new S3Client({
      endpoint: emulator.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
    });
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  }, 120_000);
  afterAll(async () => {
    client.destroy();
    await emulator.stop();
  });

  versionedFileContract('the file in S3', () => createS3File(client, bucket, `file-${made++}.json`));
  changeStoreContract('the store in S3', () => createS3ChangeStore(client, bucket));

  test('a bucket that is gone is an error, not an absent file', async () => {
    await expect(createS3File(client, 'no-such-bucket', 'a').read()).rejects.toThrow();
    await expect(createS3ChangeStore(client, 'no-such-bucket').get('a')).rejects.toThrow();
  });
});
