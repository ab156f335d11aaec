/** Runs `gh` with arguments and a text on its input, answers its output. */
export type GitHubCommand = (args: string[], input?: string) => string;

const label = 'drift';
const titleOf = (environment: string): string => `Drift in ${environment}`;

/**
 * Keeps one issue an environment: opened with the first drift, updated while it lasts, closed when it is gone.
 * @param report Null when there is no drift.
 */
export function reportDrift(environment: string, report: string | null, gh: GitHubCommand): void {
  const search = ['issue', 'list', '--state', 'open', '--label', label, '--json', 'number,title'];
  const issues: { number: number; title: string }[] = JSON.parse(gh(search));
  const open = issues.find(({ title }) => title === titleOf(environment));
  if (report === null) {
    if (open) gh(['issue', 'close', String(open.number), '--comment', 'The last check found no drift.']);
    return;
  }
  const body = `What is there differs from the code and the scaling file in force. Nothing was mended.\n\n${report}`;
  if (open) gh(['issue', 'edit', String(open.number), '--body-file', '-'], body);
  else {
    gh(['label', 'create', label, '--force', '--description', 'What is there differs from the code']);
    gh(['issue', 'create', '--title', titleOf(environment), '--label', label, '--body-file', '-'], body);
  }
}
