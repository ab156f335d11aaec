import { foundMutants } from './found-mutants.ts';
import { leaseMutants } from './lease-mutants.ts';
import { ledgerMutants } from './ledger-mutants.ts';
import type { Mutant } from './mutant.ts';
import { orderMutants } from './order-mutants.ts';

/** Every mutation that today's code has a place for. */
export const mutants: readonly Mutant[] = [...ledgerMutants, ...leaseMutants, ...orderMutants, ...foundMutants].sort(
  (a, b) => a.number - b.number,
);
