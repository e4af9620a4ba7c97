import type { PrivacyOverview } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { prepareStored, wordStored } from "./describe-overview.ts";

const NUMBERS = ["rows", "identified"] as const;
const DAYS = ["oldest", "newest", "until"] as const;

/** Row counts by what they are, and until when the oldest identifier stays. */
export function StoredCard({ overview }: { overview: PrivacyOverview }) {
  const words = useWords();
  const { t } = words;
  return (
    <Card title={t("privacy.storedTitle")} sentence={wordStored(overview, words)} table="shown">
      <ScrollRegion label={t("privacy.storedTitle")}>
        <table className="data-table">
          <caption className="visually-hidden">{t("privacy.storedTitle")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("privacy.table")}</th>
              {[...NUMBERS, ...DAYS].map((column) => (
                <th key={column} scope="col" className="numeric">
                  {t(`privacy.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {prepareStored(overview, words).map((line) => (
              <tr key={line.table}>
                <th scope="row">{line.label}</th>
                {NUMBERS.map((column) => (
                  <td key={column} className="numeric">
                    {line[column]}
                  </td>
                ))}
                {line.ages === null ? (
                  <td className="numeric stored-derived" colSpan={DAYS.length}>
                    {line.isDerived ? t("privacy.derived") : "–"}
                  </td>
                ) : (
                  DAYS.map((column) => (
                    <td key={column} className="numeric">
                      {line.ages?.[column]}
                    </td>
                  ))
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
