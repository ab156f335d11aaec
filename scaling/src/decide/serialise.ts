/** JSON with sorted keys, two spaces, ASCII only and one final newline: the same value is always the same bytes. */
export function serialise(value: unknown): string {
  const text = JSON.stringify(value, (_key, entry: unknown) => sortKeys(entry), 2);
  return `${text.replace(/[\u007f-\uffff]/g, escapeCharacter)}\n`;
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
