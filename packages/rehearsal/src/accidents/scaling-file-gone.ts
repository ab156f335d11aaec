import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { planChange } from '@quakewire/deployment';
import { expect, expectRefusal } from '../expect.ts';
import { applyPorts, runScaler, scalingRequest } from '../scaling-run.ts';
import { withAlert } from '../with-alert.ts';
import type { World } from '../world.ts';

/** Nobody knows what is in force: scaler, deployment and rollback stop, alerts go on, and the last version is restored. */
export async function scalingFileGone(world: World): Promise<string> {
  const ports = applyPorts(world);
  const before = await ports.scalingFile.read();
  expect(before !== null, 'there must be a scaling file to lose');
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(ports.scalingFile.name) ?? [];
  const s3 = new S3Client();
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })).finally(() => s3.destroy());
  return await withAlert(world, async (dispatch) => {
    dispatch();
    await expectRefusal(() => runScaler(world), /scaling file is gone: restore its last good version/);
    const request = { ...scalingRequest(world), roots: ['topics', 'pipeline'] as const };
    let said = '';
    for (const mode of ['deploy', 'rollback'] as const)
      said = await expectRefusal(
        () => planChange({ ...request, mode }, ports),
        /is gone: restore its last good version/,
      );
    await ports.scalingFile.replace(before.text, null);
    return said;
  });
}
