import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { AlertFile, AlertFiles } from '../alert-files.ts';

/** Public files in a bucket, from where CloudFront takes them; a version is S3's ETag. */
export function createS3AlertFiles(client: S3Client, bucket: string): AlertFiles {
  const put = ({ name, body, contentType, maxAgeSeconds }: AlertFile, condition: object = {}) =>
    client.send(
      new PutObjectCommand({
        ...{ Bucket: bucket, Key: name, Body: body, ...condition },
        ...{ ContentType: `${contentType}; charset=utf-8`, CacheControl: `public, max-age=${maxAgeSeconds}` },
      }),
    );
  return {
    async put(file) {
      await put(file);
    },
    async read(name) {
      try {
        const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
        return { body: (await Body?.transformToString()) ?? '', version: ETag ?? '' };
      } catch (error) {
        if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
    async replace(file, seen) {
      try {
        await put(file, seen === undefined ? { IfNoneMatch: '*' } : { IfMatch: seen });
        return true;
      } catch (error) {
        if (isOvertaken(error)) return false;
        throw error;
      }
    },
  };
}

/** The same with a client of its own. No alert waits for these files, but the end of a function does: no call hangs. */
export function connectAlertFiles(bucket: string): AlertFiles {
  const requestHandler = { connectionTimeout: 2_000, requestTimeout: 5_000 };
  return createS3AlertFiles(new S3Client({ maxAttempts: 4, requestHandler }), bucket);
}

/** 412: another version is there; 409: another write was under way at the same time; NoSuchKey: the version seen is gone. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof S3ServiceException &&
  (error.name === 'NoSuchKey' || [409, 412].includes(error.$metadata.httpStatusCode ?? 0));
