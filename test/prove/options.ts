import { parseArgs } from "node:util";
import { MARKET_KINDS, type MarketKind } from "./market/kinds.ts";

export const HELP = `npm run prove -- [options]: simulates markets whose truth is known, runs the product on each, and judges what it says.

  --kinds a,b      kinds of markets (default: all): ${MARKET_KINDS.join(", ")}
  --markets N      markets of each kind (default 20)
  --seed N         seed of the first one, the others follow (default 5000). Seeds under 5000 are for development;
                   5000 and above are never used to choose a parameter
  --sparse         markets with 300 to 3,000 conversions, each of its own size
  --size X         1: 10,000 to 25,000 conversions a market (default 1)
  --models a,b     models to judge (default incremental,markov,last,linear,shapley); the product's missing ones are skipped
  --jobs N         markets at a time (default 2)
  --json FILE      append results to FILE, one a line, and leave out what is there already (default: a new file in test-output)
  --summary FILE   print the table of what FILE holds, and run nothing
  --keep           keep the files and data of every market

npm run prove -- --weekly [options]: lives markets on, week by week, with what touchline rebalance decides, and judges the sequence.
--kinds, --markets, --seed, --size, --json and --summary as above, but for what they are where they are left out:

  --kinds a,b      default clean,eager,capture,shop
  --markets N      default 2
  --weeks N        weeks that are decided (default 26)
  --size X         default 0.5

One market at a time, 3 to 8 minutes each.
`;

export interface ProveOptions {
  readonly kinds: readonly MarketKind[];
  readonly markets: number;
  readonly seed: number;
  /** Null where each market has a size of its own, and few conversions. */
  readonly size: number | null;
  readonly models: readonly string[];
  readonly jobs: number;
  readonly json: string;
  readonly summary: string | null;
  readonly keep: boolean;
  /** Markets are lived on with what weekly runs decide. */
  readonly weekly: boolean;
  readonly weeks: number;
  readonly help: boolean;
}

const SINGLE = { kinds: MARKET_KINDS, markets: "20", size: "1" };
const WEEKLY = { kinds: ["clean", "eager", "capture", "shop"] as const, markets: "2", size: "0.5" };

/** @throws Error in one sentence that says which option is wrong */
export function parseOptions(argv: readonly string[], now: Date): ProveOptions {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ kinds: text, markets: text, seed: text, size: text, models: text, jobs: text, json: text, summary: text },
      ...{ keep: flag, help: flag, sparse: flag, weekly: flag, weeks: text },
    },
  });
  if (values.sparse && values.size !== undefined)
    throw new Error("--sparse gives every market its size: leave out --size");
  const { weekly } = values;
  const refused = (["sparse", "models", "jobs", "keep"] as const).find((name) => weekly && values[name]);
  if (refused !== undefined) throw new Error(`--${refused} is of no use with --weekly`);
  if (!weekly && values.weeks !== undefined) throw new Error("--weeks goes with --weekly");
  const usual = weekly ? WEEKLY : SINGLE;
  return {
    kinds: values.kinds === undefined ? usual.kinds : names(values.kinds).map(requireKind),
    markets: requireWhole(values.markets ?? usual.markets, "--markets", 1),
    seed: requireWhole(values.seed ?? "5000", "--seed", 0),
    size: values.sparse ? null : requirePositive(values.size ?? usual.size, "--size"),
    models: names(values.models ?? "incremental,markov,last,linear,shapley"),
    jobs: requireWhole(values.jobs ?? "2", "--jobs", 1),
    json:
      values.json ??
      `test-output/prove-${weekly ? "weekly-" : ""}${now.toISOString().slice(0, 19).replaceAll(":", "")}.ndjson`,
    summary: values.summary ?? null,
    keep: values.keep,
    weekly,
    weeks: requireWhole(values.weeks ?? "26", "--weeks", 1),
    help: values.help,
  };
}

const names = (list: string): string[] => list.split(",").map((name) => name.trim());

function requireKind(name: string): MarketKind {
  const kind = MARKET_KINDS.find((known) => known === name);
  if (kind === undefined) throw new Error(`--kinds: "${name}" is not known; choose among ${MARKET_KINDS.join(", ")}`);
  return kind;
}

function requireWhole(text: string, option: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`${option}: "${text}" is not a whole number from ${least}`);
  return value;
}

function requirePositive(text: string, option: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 100)) throw new Error(`${option}: "${text}" is not a number above 0, up to 100`);
  return value;
}
