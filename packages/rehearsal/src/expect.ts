/** Ends the rehearsal with a sentence when something is not as it must be. */
export function expect(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}

/** Runs what must be refused. @returns what it said. */
export async function expectRefusal(run: () => Promise<unknown>, said: RegExp): Promise<string> {
  const message = await run().then(
    () => null,
    (error: Error) => error.message,
  );
  if (message === null) throw new Error(`it was not refused (${said})`);
  if (!said.test(message)) throw new Error(`it was refused, but not by ${said}: ${message}`);
  return message;
}
