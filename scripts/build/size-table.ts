import type { BuiltZip } from './build-zips.ts';

/** Zips that weigh more than their budget. */
export const overBudget = (built: readonly BuiltZip[]): BuiltZip[] =>
  built.filter(({ zip, budgetBytes }) => zip.byteLength > budgetBytes);

/** The zips' sizes against their budgets, one line each, in kB of 1,000 bytes. */
export function sizeTable(built: readonly BuiltZip[]): string {
  const rows = built.map(({ name, zip, bundleBytes, budgetBytes, sha256Hex }) => [
    name,
    kilobytes(zip.byteLength),
    kilobytes(budgetBytes),
    kilobytes(bundleBytes),
    sha256Hex.slice(0, 12),
    zip.byteLength > budgetBytes ? 'OVER BUDGET' : '',
  ]);
  const header = ['zip', 'kB', 'budget', 'unpacked', 'sha256', ''];
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [header, ...rows].map(line).join('\n');
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
