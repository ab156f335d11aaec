export { createCloudWatchHeartbeat } from './cloudwatch-heartbeat.ts';
export { createGitTags } from './git-tags.ts';
export { createGithubTags } from './github-tags.ts';
export { createLambdaConsumers } from './lambda-consumers.ts';
export { createStartConsumer } from './lambda-start.ts';
export { createS3ChangeStore } from './s3-change-store.ts';
export { createS3File } from './s3-file.ts';
export { createReadChecksum, readVersionId } from './s3-objects.ts';
export { createTerraformCommand } from './terraform-command.ts';
