import type { RebalancingOutcomes } from "@touchline/server/contract";
import { DataTable } from "../../charts/DataTable.tsx";
import { moneyCell } from "../../charts/prepare/cells.ts";
import type { ChartTable } from "../../charts/prepare/chart-model.ts";
import type { Words } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";

function tabulateOverrides({ weeks }: RebalancingOutcomes, words: Words): ChartTable {
  const { t, format } = words;
  const name = (key: "week" | "recommended" | "decided" | "gain" | "who" | "reason") =>
    t(`rebalancing.overrides.${key}`);
  const rows = weeks.toReversed().flatMap((week) =>
    week.overrides.map((override) => ({
      id: `${week.proposalId} ${week.from} ${override.channel}`,
      cells: [
        override.channel,
        { text: format.date(week.from), value: week.from, unit: "date" as const },
        ...[moneyCell(override.recommended, words), moneyCell(override.decided, words)],
        override.gain === null
          ? { text: t("rebalancing.overrides.unknown"), value: null, unit: "money" as const }
          : { text: format.amountChange(override.gain), value: override.gain, unit: "money" as const },
        ...[override.by, override.reason],
      ],
    })),
  );
  return {
    columns: [
      { label: t("words.channel"), isNumeric: false },
      { label: name("week"), isNumeric: false },
      ...[name("recommended"), name("decided"), name("gain")].map((label) => ({ label, isNumeric: true })),
      ...[name("who"), name("reason")].map((label) => ({ label, isNumeric: false })),
    ],
    rows,
  };
}

/** What somebody decided otherwise than recommended, and how that went. */
export function OverridesCard({ outcomes }: { outcomes: RebalancingOutcomes }) {
  const words = useWords();
  const { t } = words;
  const table = tabulateOverrides(outcomes, words);
  if (table.rows.length === 0) return null;
  return (
    <Card
      title={t("rebalancing.overrides.title")}
      sentence={t("rebalancing.overrides.sentence")}
      origin={{ title: t("rebalancing.overrides.title"), figures: ["plan", "curve"] }}
      table={() => table}
    >
      <DataTable table={table} caption={t("rebalancing.overrides.sentence")} />
    </Card>
  );
}
