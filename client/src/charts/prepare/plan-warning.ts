import type { PlanWarning } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";

/** What to know before acting on a plan, in the reader's language. Only the solver's own account of a stop stays as it came. */
export function wordWarning(warning: PlanWarning, { t, format }: Words): string {
  switch (warning.code) {
    case "extrapolated":
      return t("note.extrapolated", { channels: warning.channels.join(", ") });
    case "unconvincing":
      return t("note.unconvincing", { share: format.percent(warning.probability, 0) });
    case "test-first":
      return t("note.testFirst", { channels: warning.channels.join(", ") });
    case "nothing-to-plan":
      return t("note.nothingToPlan");
    case "already-best":
      return t("note.alreadyBest");
    case "not-proved":
      return t("note.notProved", { detail: warning.detail });
  }
}
