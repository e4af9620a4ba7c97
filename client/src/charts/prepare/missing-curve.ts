import type { MissingCurve } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";

/** Why a channel has no curve, in the reader's language. */
export function wordMissingCurve({ code, days, daysNeeded }: MissingCurve, { t, format }: Words): string {
  switch (code) {
    case "few-days": {
      const needed = format.count(daysNeeded);
      if (days === 0) return t("missingCurve.noDays", { needed });
      if (days === 1) return t("missingCurve.oneDay", { needed });
      return t("missingCurve.fewDays", { days: format.count(days), needed });
    }
    case "no-revenue":
      return t("missingCurve.noRevenue");
    case "demand-capture":
      return t("missingCurve.demandCapture");
    case "low-coverage":
      return t("missingCurve.lowCoverage");
    case "falling":
      return t("missingCurve.falling");
  }
}
