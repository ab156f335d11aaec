import { HeadObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { BuiltZip } from './build-zips.ts';

/** Where Terraform finds a function's zip. */
export interface Artifact {
  bucket: string;
  key: string;
  sha256_base64: string;
}

/**
 * Puts every zip under its digest, unless it is there already, and reads the checksum back that S3 computed itself.
 * @throws Error that names the key when S3 holds something else.
 */
export async function uploadZips(
  client: S3Client,
  bucket: string,
  built: readonly BuiltZip[],
): Promise<Record<string, Artifact>> {
  const artifacts = await Promise.all(built.map((zip) => uploadZip(client, bucket, zip)));
  return Object.fromEntries(built.map(({ name }, index) => [name, artifacts[index] as Artifact]));
}

async function uploadZip(client: S3Client, bucket: string, built: BuiltZip): Promise<Artifact> {
  const key = `lambda/${built.name}/${built.sha256Hex}.zip`;
  if ((await storedChecksum(client, bucket, key)) !== built.sha256Base64) {
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: built.zip, ChecksumSHA256: built.sha256Base64 }),
    );
    const stored = await storedChecksum(client, bucket, key);
    if (stored !== built.sha256Base64) {
      throw new Error(
        `${key}: ${bucket} holds ${stored ?? 'nothing'}, not the zip that was uploaded. Run the build again.`,
      );
    }
  }
  return { bucket, key, sha256_base64: built.sha256Base64 };
}

/** The SHA-256 that S3 keeps for an object, in base64; undefined when there is no such object or no checksum. */
async function storedChecksum(client: S3Client, bucket: string, key: string): Promise<string | undefined> {
  try {
    return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' })))
      .ChecksumSHA256;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}
