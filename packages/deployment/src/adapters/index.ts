export { createLambdaConsumers } from './lambda-consumers.ts';
export { createS3ChangeStore } from './s3-change-store.ts';
export { createS3File } from './s3-file.ts';
export { createTerraformCommand } from './terraform-command.ts';
