import type { DataSettings } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { SettingChoice } from "./SettingForm.tsx";

/** By conversion type, the source that is its book of record. */
export function BooksCard({ settings }: { settings: DataSettings }) {
  const { t } = useWords();
  const { books, conversionTypes, sources } = settings;
  const title = t("mapping.set.booksTitle");
  if (conversionTypes.length === 0) return <Card title={title}>{t("mapping.set.booksNone")}</Card>;
  return (
    <Card title={title} sentence={t("mapping.set.booksSentence")}>
      <dl className="setting-list">
        {conversionTypes.map((type) => (
          <div key={type}>
            <dt>{type}</dt>
            <dd>
              <SettingChoice
                setting={`books.${type}`}
                label={t("mapping.set.bookOf", { type })}
                value={books[type] ?? ""}
              >
                <option value="">{t("mapping.set.booksAll")}</option>
                {[...new Set([...sources, ...(books[type] === undefined ? [] : [books[type]])])].map((source) => (
                  <option key={source} value={source}>
                    {source}
                  </option>
                ))}
              </SettingChoice>
            </dd>
          </div>
        ))}
      </dl>
      <p className="hint">{t("mapping.set.booksWhy")}</p>
    </Card>
  );
}
