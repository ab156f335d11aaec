import { whenAbsent } from './when-absent.ts';

const failing = (name: string) => async (): Promise<number> => {
  throw Object.assign(new Error('refused'), { name });
};

test('before the first installation a table that does not exist is empty', async () => {
  await expect(whenAbsent(true, failing('ResourceNotFoundException'), 0)).resolves.toBe(0);
});

test('a table that was lost later is an error, not an empty one', async () => {
  await expect(whenAbsent(false, failing('ResourceNotFoundException'), 0)).rejects.toThrow('refused');
});

test('any other failure is an error even at the first installation', async () => {
  await expect(whenAbsent(true, failing('AccessDeniedException'), 0)).rejects.toThrow('refused');
});

test('what is there is read', async () => {
  await expect(whenAbsent(true, async () => 7, 0)).resolves.toBe(7);
});
