import { DeploymentError, type Terraform, terraformRoots } from '@quakewire/deployment';

/** Prepares both roots for an environment's states. @throws {DeploymentError} When a provider or a state is not to be had. */
export async function initRoots(terraform: Terraform, environment: string): Promise<void> {
  for (const root of terraformRoots) {
    const backend = `-backend-config=../environments/${environment}/${root}.s3.tfbackend`;
    const { exitCode, errors } = await terraform(root, ['init', '-input=false', '-reconfigure', backend]);
    if (exitCode !== 0)
      throw new DeploymentError(`terraform init of ${root} failed (exit code ${exitCode}).\n${errors}`);
  }
}
