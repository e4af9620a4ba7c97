import { parseArgs } from "node:util";
import { type PlannedMarket, planMarket, prepareMarket } from "./in-process.ts";
import { judge } from "./judge.ts";
import { MARKET_KINDS, type MarketKind } from "./market/kinds.ts";
import { sparseSize } from "./market/sparse-size.ts";
import type { Result } from "./result.ts";
import { resultsInWords } from "./results-in-words.ts";

const HELP = `npx tsx test/prove/look.ts KINDS SEEDS [-- options of optimise]: plans on markets and shows every channel beside the truth.

  KINDS    comma-separated: ${MARKET_KINDS.join(", ")}
  SEEDS    1000, or 1000-1009; seeds under 5000 are for development
  --size X  as for npm run prove
  --sparse  the same
  --brief   one line a market
`;

function drawPlanned({ result, marginal }: PlannedMarket, isBrief: boolean): string {
  const { kind, seed, conversions, worth, planStatus, channels } = result;
  const { shareError, captured, regret } = judge(result);
  const figures = [worth?.today, worth?.planned, worth?.best].map((each) => each?.toFixed(0) ?? "-");
  const head = `${kind} ${seed}: ${planStatus}, ${conversions} conversions, share error ${shareError.toFixed(3)}, worth today ${figures[0]}, planned ${figures[1]}, best ${figures[2]}, captured ${captured?.toFixed(3) ?? "-"}, regret ${regret?.toFixed(4) ?? "-"}\n`;
  if (isBrief) return head;
  const rows = channels.map((channel, i) => {
    const cells = [channel.estimate, channel.truth, channel.today, channel.planned, channel.best].map((each) =>
      (each?.toFixed(0) ?? "-").padStart(8),
    );
    const slopes = [marginal[i]!.fitted, marginal[i]!.truth].map((each) => (each?.toFixed(2) ?? "-").padStart(7));
    return `  ${channel.channel.padEnd(22)}${cells.join("")}${slopes.join("")}  ${channel.flags.join(" ")}\n`;
  });
  const titles = ["credit", "truth", "today", "planned", "best"].map((title) => title.padStart(8)).join("");
  return `${head}  ${"channel".padEnd(22)}${titles}${"slope".padStart(7)}${"truth".padStart(7)}\n${rows.join("")}`;
}

const FLAG = { type: "boolean", default: false } as const;
const NOT_TIMED = { import: 0, attribute: 0, optimise: 0 };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { size: { type: "string", default: "1" }, sparse: FLAG, brief: FLAG },
});
const [kinds = "", seeds = "", ...options] = positionals;
const [first, last = first] = seeds.split("-").map(Number);
if (kinds === "" || !Number.isSafeInteger(first)) process.stdout.write(HELP);
else {
  const results: Result[] = [];
  for (let seed = first!; seed <= last!; seed++) {
    for (const kind of kinds.split(",") as MarketKind[]) {
      const size = values.sparse ? sparseSize(seed) : Number(values.size);
      const planned = await planMarket(await prepareMarket(kind, seed, size), ...options);
      results.push({ ...planned.result, seconds: NOT_TIMED });
      process.stdout.write(drawPlanned(planned, values.brief));
    }
  }
  if (results.length > 1) process.stdout.write(resultsInWords(results));
}
