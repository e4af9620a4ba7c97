import type { z } from "zod";
import type { Disagreement, DisagreementInput, ModelComparison } from "../../contract/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { compareModels } from "../compare-models.ts";
import { differenceOf } from "../run-ledger/decimals.ts";

/** Where two models give the same revenue to different receivers. Law: each column adds up to what is booked. */
export async function findDisagreement(
  workspace: Workspace,
  { range, a, b }: z.output<typeof DisagreementInput>,
): Promise<Disagreement> {
  const comparison = await compareModels(workspace, { range, models: a === b ? [a] : [a, b] });
  const [first, second] = [creditOf(comparison, a), creditOf(comparison, b)];
  const spend = new Map([...first.channels, ...second.channels].map((row) => [row.channel, row.spend]));
  const revenueOf = ({ channels }: typeof first, channel: string): string =>
    channels.find((row) => row.channel === channel)?.revenue ?? "0";
  const rows = [
    ...[...spend].map(([channel, spent]) =>
      gapOf(channel, revenueOf(first, channel), revenueOf(second, channel), spent),
    ),
    gapOf(null, first.noTouch.revenue, second.noTouch.revenue, null),
  ].sort((x, y) => Math.abs(Number(y.difference)) - Math.abs(Number(x.difference)));
  // Both columns add up to the same, so what one gives more is what the other gives more.
  const moved = rows.reduce((sum, { difference }) => (difference.startsWith("-") ? sum : plus(sum, difference)), "0");
  return { currency: comparison.currency, a, b, booked: comparison.booked.revenue, moved, rows };
}

function creditOf({ models, refused }: ModelComparison, name: Disagreement["a"]): ModelComparison["models"][number] {
  const found = models.find(({ model }) => model === name);
  if (found !== undefined) return found;
  const reason = refused.find(({ model }) => model === name)?.reason ?? "it has no answer for this range";
  throw new UserError(`${name} cannot be compared: ${reason}`);
}

function gapOf(channel: string | null, a: string, b: string, spend: string | null): Disagreement["rows"][number] {
  return { channel, a, b, difference: differenceOf(b, a), spend };
}

function plus(a: string, b: string): string {
  return differenceOf(a.startsWith("-") ? a.slice(1) : `-${a}`, b);
}
