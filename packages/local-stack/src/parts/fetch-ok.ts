/** Resolves when a GET of the address is answered with success within a second. */
export async function fetchOk(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`it answers with status ${response.status}`);
}
