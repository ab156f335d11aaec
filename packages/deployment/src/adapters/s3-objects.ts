import { HeadObjectCommand, type HeadObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import type { ReadChecksum } from '../rollback/check-artifacts.ts';

/** The SHA-256 that S3 itself keeps for a zip. */
export const createReadChecksum =
  (client: S3Client): ReadChecksum =>
  async ({ bucket, key }) =>
    (await head(client, bucket, key))?.ChecksumSHA256;

/** Of the newest version of an object; null where the bucket keeps none, or there is no object. */
export async function readVersionId(client: S3Client, bucket: string, key: string): Promise<string | null> {
  return (await head(client, bucket, key))?.VersionId ?? null;
}

async function head(client: S3Client, bucket: string, key: string): Promise<HeadObjectCommandOutput | undefined> {
  try {
    return await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404) return undefined;
    throw error;
  }
}
