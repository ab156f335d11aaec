import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ChangeStore } from '../ports.ts';
import { isConflict } from './s3-file.ts';

/** Reviewed changes below `plans/` of a private bucket, from where they expire by themselves. */
export function createS3ChangeStore(client: S3Client, bucket: string): ChangeStore {
  const keyOf = (name: string) => `plans/${name}`;
  return {
    async put(name, content) {
      try {
        const object = { Bucket: bucket, Key: keyOf(name), Body: content, IfNoneMatch: '*' };
        await client.send(new PutObjectCommand(object));
      } catch (error) {
        // It is named by its content: it is there already.
        if (!isConflict(error)) throw error;
      }
    },
    async get(name) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(name) }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
  };
}
