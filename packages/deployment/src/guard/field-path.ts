export type FieldPath = readonly (string | number)[];

/** `provisioned_poller_config[0].minimum_pollers`; a key that is no plain name is quoted: `config["retention.ms"]`. */
export function printPath(path: FieldPath): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w-]+$/.test(step)) return `["${step}"]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/**
 * @param pattern steps joined by `.`; `*` stands for any one step, a final `**` for one or more. Without it a longer path
 *   does not match.
 */
export function matchesPath(path: FieldPath, pattern: string): boolean {
  const steps = pattern.split('.');
  const isOpen = steps.at(-1) === '**';
  if (isOpen) steps.pop();
  const isLong = isOpen ? path.length > steps.length : path.length === steps.length;
  return isLong && steps.every((step, index) => step === '*' || step === String(path[index]));
}
