import type { PrivacyOverview } from "@touchline/server/contract";
import { Command } from "../../app/Command.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";

/** For how long, and who stays out for ever. */
export function RetentionCard({ overview: { retention, forgotten } }: { overview: PrivacyOverview }) {
  const { t, format } = useWords();
  const { identifierMonths, dataMonths, rejectedDays } = retention;
  const lines = [
    [t("privacy.retention.identifierMonths"), t("privacy.months", { count: identifierMonths })],
    [t("privacy.retention.dataMonths"), t("privacy.months", { count: dataMonths })],
    [t("privacy.retention.rejectedDays"), format.days(rejectedDays)],
    [
      t("privacy.forgotten"),
      t("privacy.forgottenText", {
        erased: format.count(forgotten.erased),
        withdrawn: format.count(forgotten.withdrawn),
      }),
    ],
  ] as const;
  return (
    <Card title={t("privacy.retentionTitle")} sentence={t("privacy.retentionSentence")}>
      <dl className="retention">
        {lines.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="hint retention-change">{t("privacy.retentionChange")}</p>
      <Command text="touchline settings --set retention.identifierMonths=12" />
    </Card>
  );
}
