import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { VersionConflictError } from '../deployment-error.ts';
import type { VersionedFile } from '../ports.ts';

/** A file in a versioned bucket: every older version can be restored. */
export function createS3File(client: S3Client, bucket: string, key: string): VersionedFile {
  const name = `s3://${bucket}/${key}`;
  return {
    name,
    async read() {
      try {
        const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        if (Body === undefined || ETag === undefined) throw new Error(`${name}: S3 answered without content`);
        return { text: await Body.transformToString(), version: ETag };
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return null;
        throw error;
      }
    },
    async replace(text, seen) {
      const condition = seen === null ? { IfNoneMatch: '*' } : { IfMatch: seen };
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: text,
            ContentType: 'application/json',
            ...condition,
          }),
        );
      } catch (error) {
        if (!isConflict(error)) throw error;
        throw new VersionConflictError(`${name} was replaced by another run meanwhile; it was left as it is.`);
      }
    },
  };
}

/** Gone meanwhile counts as replaced meanwhile. */
export const isConflict = (error: unknown): boolean =>
  error instanceof Error && ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'].includes(error.name);
