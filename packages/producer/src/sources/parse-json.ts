/** The value, or undefined for what is not JSON: the schema then refuses the whole message. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
