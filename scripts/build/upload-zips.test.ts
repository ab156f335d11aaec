import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import type { BuiltZip } from './build-zips.ts';
import { uploadZips } from './upload-zips.ts';

const built = zipOf('consumer-sms', 'the bytes of a zip');
const key = `lambda/consumer-sms/${built.sha256Hex}.zip`;

/** What the bucket holds: path to checksum. `spoils` makes it keep another checksum than the one it was sent. */
let objects: Map<string, string>;
let puts: string[];
let spoils: boolean;
let server: Server;
let client: S3Client;

beforeEach(async () => {
  [objects, puts, spoils] = [new Map(), [], false];
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://bucket').pathname;
    request.resume().on('end', () => {
      if (request.method === 'PUT') {
        puts.push(path);
        objects.set(path, spoils ? 'AAAA' : String(request.headers['x-amz-checksum-sha256']));
      }
      const checksum = objects.get(path);
      response.writeHead(checksum === undefined ? 404 : 200, { 'x-amz-checksum-sha256': checksum ?? '' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new S3Client({
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});

afterEach(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

function zipOf(name: string, content: string): BuiltZip {
  const zip = new TextEncoder().encode(content);
  const sha256 = createHash('sha256').update(zip).digest();
  const digests = { sha256Hex: sha256.toString('hex'), sha256Base64: sha256.toString('base64') };
  return { name, zip, ...digests, bundleBytes: 1, budgetBytes: 1 };
}

test('a zip is put under its digest and named as Terraform wants it', async () => {
  const artifacts = await uploadZips(client, 'artifacts', [built]);
  expect(artifacts).toEqual({ 'consumer-sms': { bucket: 'artifacts', key, sha256_base64: built.sha256Base64 } });
  expect(puts).toEqual([`/artifacts/${key}`]);
});

test('a zip that is there already is not put again', async () => {
  await uploadZips(client, 'artifacts', [built]);
  await uploadZips(client, 'artifacts', [built]);
  expect(puts).toHaveLength(1);
});

test('another object under the same key is replaced', async () => {
  objects.set(`/artifacts/${key}`, 'AAAA');
  await uploadZips(client, 'artifacts', [built]);
  expect(objects.get(`/artifacts/${key}`)).toBe(built.sha256Base64);
});

test('a bucket that does not hold what was sent ends the upload with the key', async () => {
  spoils = true;
  await expect(uploadZips(client, 'artifacts', [built])).rejects.toThrow(key);
});
