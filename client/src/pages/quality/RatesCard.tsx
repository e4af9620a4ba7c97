import type { HeldOutQuality } from "@touchline/server/contract";
import { prepareRates } from "../../charts/prepare/quality-held-out.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";

/** The incremental model's own forecast, which is of another kind than the others'. */
export function RatesCard({ heldOut }: { heldOut: HeldOutQuality | undefined }) {
  const words = useWords();
  const { t } = words;
  const title = t("quality.ratesTitle");
  if (heldOut === undefined) {
    return (
      <Card title={title} isBusy>
        <div className="skeleton skeleton-text" />
      </Card>
    );
  }
  if (heldOut.rates === null) {
    return (
      <Card title={title}>
        <p className="card-empty">{t("quality.ratesNone")}</p>
      </Card>
    );
  }
  const { sentence, figures } = prepareRates(heldOut.rates, words);
  return (
    <Card title={title} sentence={sentence} origin={{ title, figures: ["heldOut"], model: "incremental" }}>
      {heldOut.warnings.includes("no-timing") && (
        <p className="callout">
          <Icon name="warning" />
          <span>{t("quality.warnings.no-timing")}</span>
        </p>
      )}
      <dl className="quality-figures">
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="hint quality-note">{t("quality.ratesHint")}</p>
    </Card>
  );
}
