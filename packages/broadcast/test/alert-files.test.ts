import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startAwsEmulator } from '@quakewire/local-stack';
import { uniqueName } from '@quakewire/testing';
import { createS3AlertFiles } from '../src/s3/s3-alert-files.ts';
import { alertFilesContract } from './alert-files-contract.ts';
import { createInMemoryAlertFiles } from './in-memory-alert-files.ts';

alertFilesContract('the files in memory', async () => createInMemoryAlertFiles());

describe('on an S3', () => {
  let emulator: Awaited<ReturnType<typeof startAwsEmulator>>;
  let client: S3Client;

  beforeAll(async () => {
    emulator = await startAwsEmulator({ name: 'alert-files' });
    client = new S3Client({
      endpoint: emulator.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  }, 120_000);
  afterAll(async () => {
    client.destroy();
    await emulator.stop();
  });

  alertFilesContract('the files in S3', async () => {
    const bucket = uniqueName('alert-files');
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    return createS3AlertFiles(client, bucket);
  });

  test('a bucket that is gone is an error, not an absent file', async () => {
    const files = createS3AlertFiles(client, 'no-such-bucket');
    await expect(files.read('alerts.json')).rejects.toThrow();
    await expect(
      files.replace({ name: 'a', body: 'b', contentType: 'text/plain', maxAgeSeconds: 1 }, '"0"'),
    ).rejects.toThrow();
  });
});
