import { accountMutants } from './account-mutants.ts';
import { foundMutants } from './found-mutants.ts';
import { handOverMutants } from './hand-over-mutants.ts';
import { leaseMutants } from './lease-mutants.ts';
import { ledgerMutants } from './ledger-mutants.ts';
import type { Mutant } from './mutant.ts';
import { orderMutants } from './order-mutants.ts';

/** Every mutation that today's code has a place for. */
export const mutants: readonly Mutant[] = [
  ...ledgerMutants,
  ...leaseMutants,
  ...accountMutants,
  ...orderMutants,
  ...handOverMutants,
  ...foundMutants,
].sort((a, b) => a.number - b.number);
