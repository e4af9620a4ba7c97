import type { House } from "../../house/index.ts";
import { fetchCurves } from "../../planning/index.ts";
import { requireExtent } from "../attribute-command.ts";
import { type CommandIo, drawTable, grouped, printable } from "../io.ts";

export interface CurvesOptions {
  readonly workspace: string;
  readonly by: "channel" | "campaign";
  readonly json: boolean;
}

/** `touchline curves`: the fitted curve of every channel, or of its campaigns. */
export async function runCurves(house: House, options: CurvesOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  await requireExtent(workspace);
  const curves = await fetchCurves(workspace, { by: options.by });
  if (options.json) {
    io.stdout(`${JSON.stringify(curves)}\n`);
    return 0;
  }
  const rows = curves.channels.map(({ channel, campaign, current, families, r2, flags }) => [
    campaign === null ? channel : `${channel} / ${campaign}`,
    grouped(current.spend, 2),
    grouped(current.revenue, 2),
    current.marginalRoas.toFixed(2),
    familiesInWords(families),
    r2.toFixed(2),
    flags.join(", "),
  ]);
  const { currency } = curves;
  io.stdout(`Response curves by ${curves.model} credit, ${curves.days.from} to ${curves.days.to}, amounts a day\n\n`);
  io.stdout(
    drawTable(["Channel", `Spend ${currency}`, `Revenue ${currency}`, "Marginal ROAS", "Families", "R2", "Care"], rows),
  );
  for (const { channel, reason } of curves.withoutCurve) io.stdout(`${printable(channel)}: no curve. ${reason}\n`);
  return 0;
}

/** The families that a curve averages, the heaviest first; those that hardly weigh are left out. */
function familiesInWords(families: readonly { readonly family: string; readonly weight: number }[]): string {
  return families
    .filter(({ weight }) => weight >= 0.05)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ family, weight }) => `${family} ${Math.round(weight * 100)} %`)
    .join(", ");
}
