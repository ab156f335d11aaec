/**
 * Reads from a table that may not exist yet: before the first installation nobody has signed up and no alert runs.
 * @throws Every other error, and this one too when it is not the first installation: a lost table is no empty one.
 */
export async function whenAbsent<T>(isFirst: boolean, read: () => Promise<T>, empty: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isFirst && error instanceof Error && error.name === 'ResourceNotFoundException') return empty;
    throw error;
  }
}
