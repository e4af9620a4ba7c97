import { useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { type AuditFilter, useEntries } from "./audit-queries.ts";
import { EntryRow } from "./EntryRow.tsx";
import { FilterBar } from "./FilterBar.tsx";

const COLUMNS = ["when", "who", "what", "subject", "where"] as const;

interface Props {
  filter: AuditFilter;
  choose(filter: AuditFilter): void;
}

/** The newest first, a page at a time. Later entries do not push a page along: it begins below a number. */
export function EntriesCard({ filter, choose }: Props) {
  const { t, format } = useWords();
  // The numbers below which the pages so far began; the first has none.
  const [begun, setBegun] = useState<readonly (number | null)[]>([null]);
  const [shownBefore, setShownBefore] = useState(0);
  const query = useEntries(filter, begun.at(-1) ?? null);
  const { entries, total } = query.data ?? { entries: [], total: 0 };
  const last = entries.at(-1);
  const to = shownBefore + entries.length;
  const older = () => {
    if (last === undefined) return;
    setBegun([...begun, last.seq]);
    setShownBefore(to);
  };
  const newest = () => {
    setBegun([null]);
    setShownBefore(0);
  };
  return (
    <Card
      title={t("audit.listTitle")}
      sentence={t("audit.listSentence")}
      table="shown"
      className={query.isPlaceholderData ? "is-stale" : ""}
      isBusy={query.isFetching}
    >
      <FilterBar
        filter={filter}
        choose={(other) => {
          newest();
          choose(other);
        }}
      />
      <FailureLine error={query.error} />
      {query.data === undefined && <div className="skeleton skeleton-table" />}
      {query.data !== undefined && entries.length === 0 && <p className="card-empty">{t("audit.headlineNoMatch")}</p>}
      {entries.length > 0 && (
        <ScrollRegion label={t("audit.listTitle")}>
          <table className="data-table audit-table">
            <caption className="visually-hidden">{t("audit.listTitle")}</caption>
            <thead>
              <tr>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col">
                    {t(`audit.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            {entries.map((entry) => (
              <EntryRow key={entry.seq} entry={entry} columns={COLUMNS.length} />
            ))}
          </table>
        </ScrollRegion>
      )}
      {total > entries.length && entries.length > 0 && (
        <div className="pager">
          <button type="button" className="button" disabled={begun.length === 1} onClick={newest}>
            {t("audit.newest")}
          </button>
          <span aria-live="polite">
            {t("audit.shown", {
              from: format.count(shownBefore + 1),
              to: format.count(to),
              total: format.count(total),
            })}
          </span>
          <button type="button" className="button" disabled={to >= total} onClick={older}>
            {t("audit.older")}
          </button>
        </div>
      )}
    </Card>
  );
}
