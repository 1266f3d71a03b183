/**
 * The share that may fail, `1 - objective`, as the decimal that its author would write: 0.999 gives
 * 0.001, where plain subtraction gives 0.0010000000000000009. Objective in (0,1), both exclusive.
 * @example budgetOf(0.995) // 0.005
 */
export function budgetOf(objective: number): number {
  const plain = 1 - objective;
  return Number(plain.toFixed(15)) || plain;
}
