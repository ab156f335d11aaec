import { appendFileSync } from 'node:fs';
import type { ReviewedChange } from '@quakewire/deployment';

/** Adds to the page that GitHub shows of this job; nothing outside of a workflow. */
export function summarise(markdown: string, variables: NodeJS.ProcessEnv = process.env): void {
  if (variables.GITHUB_STEP_SUMMARY) appendFileSync(variables.GITHUB_STEP_SUMMARY, `${markdown}\n`);
}

/** Hands a value to the next steps and jobs; nothing outside of a workflow. @param value One line. */
export function handOver(name: string, value: string, variables: NodeJS.ProcessEnv = process.env): void {
  if (value.includes('\n')) throw new Error(`${name} must be one line`);
  if (variables.GITHUB_OUTPUT) appendFileSync(variables.GITHUB_OUTPUT, `${name}=${value}\n`);
}

/** What a reviewer reads: every field that will change, never a value, and the digest to approve. */
export function listChanges({ digest, plans }: ReviewedChange): string {
  const lines = plans.flatMap(({ root, changes }) =>
    changes.map(({ address, field }) => `- ${root}: \`${address}\` ${field}`),
  );
  return `### Planned change\n\n\`${digest}\`\n\n${lines.join('\n')}`;
}
