/** The value below which this share of the values lies: the nearest one that was measured. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export interface Verdict {
  readonly name: string;
  readonly ms: number;
  readonly target: number;
}

const column = (text: string | number, width: number) => String(text).padStart(width);
const NAME_WIDTH = 34;

/** One line a name: how many, p50, p95, p99. */
export function printLatencies(
  print: (line: string) => void,
  title: string,
  latencies: ReadonlyMap<string, readonly number[]>,
): void {
  print(
    `${title.padEnd(NAME_WIDTH)}${column("times", 8)}${column("p50 ms", 9)}${column("p95 ms", 9)}${column("p99 ms", 9)}`,
  );
  for (const [name, values] of [...latencies].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => column(Math.round(percentile(values, share)), 9));
    print(`  ${name.padEnd(NAME_WIDTH - 2)}${column(values.length, 8)}${p50}${p95}${p99}`);
  }
}

/** @returns whether every one keeps its target */
export function printVerdicts(print: (line: string) => void, verdicts: readonly Verdict[]): boolean {
  for (const { name, ms, target } of verdicts) {
    const word = ms <= target ? "kept" : "MISSED";
    print(`  ${name.padEnd(52)}${column(Math.round(ms), 7)} ms   target ${column(target, 5)} ms   ${word}`);
  }
  return verdicts.every(({ ms, target }) => ms <= target);
}

/** Collects values by name. */
export class ByName {
  readonly values = new Map<string, number[]>();

  add(name: string, value: number): void {
    const known = this.values.get(name);
    if (known === undefined) this.values.set(name, [value]);
    else known.push(value);
  }

  get all(): number[] {
    return [...this.values.values()].flat();
  }
}
