import type { PrivacyOverview } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { ConsentShares } from "./ConsentShares.tsx";
import { prepareConsent, wordConsent } from "./describe-overview.ts";

const PARTS = ["consented", "refused", "unsaid"] as const;

/** What allows the identifiers of each source to be kept, and what its touchpoints say of consent. */
export function ConsentCard({ overview }: { overview: PrivacyOverview }) {
  const words = useWords();
  const { t } = words;
  const bars = prepareConsent(overview, words);
  return (
    <Card title={t("privacy.consentTitle")} sentence={wordConsent(overview, words)}>
      {bars.length > 0 && (
        <ScrollRegion label={t("privacy.consentTitle")}>
          <table className="data-table consent-table">
            <caption className="visually-hidden">{t("privacy.consentCaption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("privacy.source")}</th>
                <th scope="col">{t("privacy.basis")}</th>
                <td className="bars-head" />
                {PARTS.map((part) => (
                  <th key={part} scope="col" className="numeric">
                    <svg className="legend-mark" viewBox="0 0 8 8" aria-hidden="true">
                      <rect width="8" height="8" rx="2" className={`consent-${part}`} />
                    </svg>
                    {t(`privacy.${part}`)}
                  </th>
                ))}
                <th scope="col" className="numeric">
                  {t("privacy.touchpoints")}
                </th>
              </tr>
            </thead>
            <tbody>
              {bars.map((bar) => (
                <tr key={bar.source}>
                  <th scope="row">{bar.source}</th>
                  <td>{bar.basis}</td>
                  <td className="bars-cell">
                    <ConsentShares parts={bar.parts} />
                  </td>
                  {bar.parts.map(({ part, text }) => (
                    <td key={part} className="numeric">
                      {text}
                    </td>
                  ))}
                  <td className="numeric">{bar.touchpoints}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Card>
  );
}
