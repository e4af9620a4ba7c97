import type { Result } from "./result.ts";
import { summarise, VOLUMES } from "./summary.ts";
import { drawSummaries, LEGEND } from "./table.ts";
import { checkTargets, targetsInWords } from "./targets.ts";

const count = (conversions: number): string => conversions.toLocaleString("en-US");
const { many, sparse } = VOLUMES;

/** Everything that results show: a table of markets with many conversions, one of sparse markets, and the targets. */
export function resultsInWords(results: readonly Result[]): string {
  const summaries = { many: summarise(results, "many"), sparse: summarise(results, "sparse") };
  const tables = [
    { title: `Markets with at least ${count(many.from)} conversions`, rows: summaries.many },
    { title: `Markets with ${count(sparse.from)} to ${count(sparse.to)} conversions`, rows: summaries.sparse },
  ].filter(({ rows }) => rows.length > 0);
  const between = results.filter(({ conversions }) => conversions > sparse.to && conversions < many.from).length;
  return [
    ...tables.map(({ title, rows }) => `\n${title}\n${drawSummaries(rows)}`),
    between === 0 ? "" : `\n${between} results are of markets between these and count nowhere.\n`,
    tables.length === 0 ? "" : `\n${LEGEND}\n`,
    `\n${targetsInWords(checkTargets(summaries))}`,
  ].join("");
}
