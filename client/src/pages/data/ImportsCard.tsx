import type { ImportsPage } from "@touchline/server/contract";
import { useState } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useImports } from "../../app/queries.ts";
import { useTimeZone } from "../../app/workspace-context.ts";
import { strong, type Words } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

type ImportLine = ImportsPage["rows"][number];

const COUNTS = ["received", "stored", "duplicates", "replaced", "rejected", "filtered"] as const;
const WAYS = ["file", "http", "collector", "watch", "replay"] as const;

function nameWay(transport: string, { t }: Words): string {
  const way = WAYS.find((known) => known === transport);
  return t(`data.transports.${way ?? "other"}`);
}

/** What an import changed of what was known: each day and source with the amount before and after. */
function Changes({ changes }: Pick<ImportLine, "changes">) {
  const { t, format } = useWords();
  if (changes.length === 0) return null;
  return (
    <details className="import-changes">
      <summary>{t("data.changes", { days: format.days(new Set(changes.map(({ date }) => date)).size) })}</summary>
      <ul>
        {changes.map(({ date, source, before, after }) => (
          <li key={`${date} ${source}`}>
            {t("data.change", {
              day: format.date(date),
              source: source === "" ? t("data.unnamed") : source,
              before: format.money(before, 2),
              after: format.money(after, 2),
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}

function ImportRow({ row, timeZone }: { row: ImportLine; timeZone: string }) {
  const words = useWords();
  const { t, format } = words;
  const isDone = row.state === "done";
  return (
    <tr className={row.state === "undone" ? "row-undone" : undefined}>
      <th scope="row">
        <span className="import-file" title={row.imports > 1 ? undefined : row.file}>
          {row.imports > 1 ? t("data.batches", { imports: format.count(row.imports) }) : row.file}
        </span>
        <Changes changes={row.changes} />
      </th>
      <td>
        <time dateTime={row.startedAt}>{format.moment(new Date(row.startedAt), timeZone)}</time>
      </td>
      <td>{row.source === "" ? "–" : row.source}</td>
      <td>{t(`data.kinds.${row.kind}`)}</td>
      <td>{isDone ? nameWay(row.transport, words) : t(`data.state.${row.state}`)}</td>
      {COUNTS.map((name) => (
        <td key={name} className={name === "rejected" && row.rejected > 0 ? "numeric figure-refused" : "numeric"}>
          {format.count(row[name])}
        </td>
      ))}
    </tr>
  );
}

/** The ledger: where the rows of every import went. */
export function ImportsCard() {
  const { t, format } = useWords();
  const [page, setPage] = useState(0);
  const query = useImports(page);
  const timeZone = useTimeZone();
  if (query.data === undefined) {
    return (
      <Card title={t("data.importsTitle")} isBusy={!query.isError}>
        {query.isError ? (
          <FailurePanel error={query.error} retry={() => query.refetch()} />
        ) : (
          <div className="skeleton skeleton-table" />
        )}
      </Card>
    );
  }
  const { rows, total, pageSize } = query.data;
  if (total === 0 && page === 0) return <Card title={t("data.importsTitle")}>{t("data.importsNone")}</Card>;
  return (
    <Card
      title={t("data.importsTitle")}
      origin={{ title: t("data.importsTitle"), figures: ["received"] }}
      table="shown"
      sentence={t("data.importsSentence", { total: strong(format.count(total)) })}
      className={query.isPlaceholderData ? "is-stale" : ""}
      isBusy={query.isPlaceholderData}
    >
      <ScrollRegion label={t("data.importsTitle")}>
        <table className="data-table imports-table">
          <caption className="visually-hidden">{t("data.importsTitle")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("data.file")}</th>
              <th scope="col">{t("data.began")}</th>
              <th scope="col">{t("data.source")}</th>
              <th scope="col">{t("data.kind")}</th>
              <th scope="col">{t("data.transport")}</th>
              {COUNTS.map((name) => (
                <th key={name} scope="col" className="numeric">
                  {t(`data.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <ImportRow key={`${row.importId}`} row={row} timeZone={timeZone} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <Pager page={page} pageSize={pageSize} total={total} turn={setPage} />
    </Card>
  );
}
