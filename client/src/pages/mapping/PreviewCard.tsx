import type { UploadPreview } from "@touchline/server/contract";
import type { ReactNode } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { findText, strong, type Words } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

type Table = UploadPreview["tables"][number];

const PEOPLE: readonly string[] = ["visitor_id", "person_id"];

function sentenceOf({ kind, stored, rejected, filtered }: Table, { t, format }: Words): string {
  const counts = {
    kind: t(`data.kinds.${kind}`),
    rows: format.count(stored + rejected + filtered),
    stored: strong(format.count(stored)),
    rejected: strong(format.count(rejected)),
  };
  const left = filtered === 0 ? "" : ` ${t("mapping.previewFiltered", { filtered: format.count(filtered) })}`;
  return `${t(rejected === 0 && filtered === 0 ? "mapping.previewAll" : "mapping.previewSentence", counts)}${left}`;
}

/** Columns that say something in at least one row. */
function StoredRows({ table }: { table: Table }) {
  const { t, format } = useWords();
  const shown = table.columns
    .map((name, place) => ({ name, place }))
    .filter(({ place }) => table.rows.some(({ values }) => values[place] !== ""));
  if (table.rows.length === 0) return null;
  return (
    <ScrollRegion label={t("mapping.previewTitle")} className="table-scroll sample-scroll">
      <table className="data-table sample-table">
        <caption className="visually-hidden">{t("mapping.previewTitle")}</caption>
        <thead>
          <tr>
            <th scope="col" className="numeric">
              {t("mapping.line")}
            </th>
            {shown.map(({ name }) => (
              <th key={name} scope="col" title={PEOPLE.includes(name) ? t("mapping.asStored") : undefined}>
                {findText(t, `mapping.column.${name}`) ?? name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ line, values }) => (
            <tr key={line}>
              <td className="numeric">{format.count(line)}</td>
              {shown.map(({ name, place }) => (
                <td key={name}>{values[place]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function RefusedRows({ table }: { table: Table }) {
  const { t, format } = useWords();
  if (table.refused.length === 0) return null;
  return (
    <ScrollRegion label={t("mapping.refusedTitle")} className="table-scroll sample-scroll">
      <table className="data-table sample-table">
        <caption className="figure-caption">{t("mapping.refusedTitle")}</caption>
        <thead>
          <tr>
            <th scope="col" className="numeric">
              {t("mapping.line")}
            </th>
            <th scope="col">{t("mapping.why")}</th>
            <th scope="col">{t("mapping.raw")}</th>
          </tr>
        </thead>
        <tbody>
          {table.refused.map(({ line, reason, raw }) => (
            <tr key={`${line} ${reason}`}>
              <td className="numeric">{format.count(line)}</td>
              <td className="figure-refused" lang="en">
                {reason}
              </td>
              <td>
                <code>{raw}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface Props {
  preview: UploadPreview | undefined;
  isBusy: boolean;
  error: unknown;
  /** What stands below the rows: the button that imports. */
  children: ReactNode;
}

/** The first rows as they would be stored, by the very expressions of an import. */
export function PreviewCard({ preview, isBusy, error, children }: Props) {
  const words = useWords();
  const { t } = words;
  const problem = preview?.problem ?? null;
  const sentence =
    preview === undefined
      ? t("mapping.previewWait")
      : problem !== null
        ? t("mapping.previewNone", { problem })
        : preview.tables.map((table) => sentenceOf(table, words)).join(" ");
  return (
    <Card
      title={t("mapping.previewTitle")}
      sentence={sentence}
      isBusy={isBusy}
      className={isBusy && preview !== undefined ? "preview-card is-stale" : "preview-card"}
    >
      <FailureLine error={error} />
      {preview === undefined && error === null && <div className="skeleton skeleton-preview" />}
      {preview?.tables.map((table, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tool may give two tables of one kind, in an order of its own
        <div key={place}>
          <StoredRows table={table} />
          <RefusedRows table={table} />
        </div>
      ))}
      {children}
    </Card>
  );
}
