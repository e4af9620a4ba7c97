import type { TFunction } from "i18next";
import type { PageChoice } from "../pages.ts";
import type { PageSearch } from "../search.ts";
import type { WorkspaceView } from "../workspace-context.ts";

type Narrowed = "types" | "customers" | "channels";

/** What figures are narrowed by on a page, in the order of the filter. */
export function narrowingOf(
  { conversions, channels }: Pick<WorkspaceView, "conversions" | "channels">,
  choices: readonly PageChoice[],
): Narrowed[] {
  const ofConversions = choices.includes("conversions");
  return [
    ...(ofConversions && conversions.conversionTypes.length > 0 ? (["types"] as const) : []),
    ...(ofConversions && conversions.customers !== "" ? (["customers"] as const) : []),
    ...(choices.includes("channels") && channels.length > 0 ? (["channels"] as const) : []),
  ];
}

/** What takes all of it away. */
export const WITHOUT_NARROWING: PageSearch = { types: undefined, customers: undefined, channels: undefined };

/** Names that fit into a chip. */
const NAMES_TOLD = 2;

function tellNames(names: readonly string[], t: TFunction): string {
  const [first = ""] = names;
  return names.length > NAMES_TOLD ? t("choices.several", { first, count: names.length - 1 }) : names.join(", ");
}

/** A chip's words. */
export function tellNarrowing(
  narrowed: Narrowed,
  { conversions, channels }: Pick<WorkspaceView, "conversions" | "channels">,
  t: TFunction,
): string {
  switch (narrowed) {
    case "types":
      return tellNames(conversions.conversionTypes, t);
    case "customers": {
      const customers = conversions.customers === "new" ? t("choices.chipNew") : t("choices.chipReturning");
      return t("choices.customersChip", { customers });
    }
    case "channels":
      return tellNames(channels, t);
  }
}

/** Which figures the narrowing leaves whole. */
export function tellWhole(narrowed: readonly Narrowed[], t: TFunction): string {
  const sentences = [
    ...(narrowed.includes("types") || narrowed.includes("customers") ? [t("choices.spendWhole")] : []),
    ...(narrowed.includes("channels") ? [t("choices.channelsWhole")] : []),
  ];
  return sentences.join(" ");
}
