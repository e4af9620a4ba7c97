import type { RefusedFilter, RefusedPage, RefusedRow } from "@touchline/server/contract";
import { useState } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useRefused } from "../../app/queries.ts";
import { useTimeZone } from "../../app/workspace-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { RefusedButtons } from "./RefusedButtons.tsx";
import type { RefusedActions } from "./use-refused-actions.ts";

const idOf = ({ kind, fingerprint, line }: RefusedRow) => `${kind} ${fingerprint} ${line}`;

/** What fits a few lines stands there; more is one click away. */
const SHORT_RAW = 220;

function RawText({ raw }: { raw: string }) {
  const { t } = useWords();
  if (raw === "") return <span className="unknown">{t("data.rawGone")}</span>;
  if (raw.length <= SHORT_RAW) return <pre className="raw">{raw}</pre>;
  return (
    <details className="raw-more">
      <summary>
        <code className="raw">{raw.slice(0, SHORT_RAW)}…</code>
      </summary>
      <pre className="raw">{raw}</pre>
    </details>
  );
}

interface RowProps {
  row: RefusedRow;
  timeZone: string;
  isSelected: boolean;
  select: (isSelected: boolean) => void;
}

function Row({ row, timeZone, isSelected, select }: RowProps) {
  const { t, format } = useWords();
  const isOpen = row.state === "open";
  return (
    <tr>
      <td className="select-cell">
        {isOpen && (
          <input
            type="checkbox"
            checked={isSelected}
            aria-label={t("data.select", { line: String(row.line), file: row.file })}
            onChange={(event) => select(event.target.checked)}
          />
        )}
      </td>
      <td className="refused-where">
        <span className="import-file" title={row.file}>
          {row.file}
        </span>
        <span className="hint">
          {t("data.line")} {format.count(row.line)}, {format.moment(new Date(row.rejectedAt), timeZone)}
        </span>
      </td>
      <td className="refused-what">
        <span lang="en">{row.reason}</span>
        <RawText raw={row.raw} />
        {row.isCut && <span className="hint">{t("data.rawCut")}</span>}
      </td>
    </tr>
  );
}

/** The refused rows of a choice, a page at a time. */
export function RefusedRows({ filter, actions }: { filter: RefusedFilter; actions: RefusedActions }) {
  const [page, setPage] = useState(0);
  const query = useRefused(filter, page);
  if (query.data === undefined) {
    return query.isError ? (
      <FailurePanel error={query.error} retry={() => query.refetch()} />
    ) : (
      <div className="skeleton skeleton-refused" />
    );
  }
  return (
    <div
      className={query.isPlaceholderData ? "refused-rows is-stale" : "refused-rows"}
      aria-busy={query.isPlaceholderData}
    >
      <RefusedTable key={page} filter={filter} shown={query.data} actions={actions} />
      <Pager page={page} pageSize={query.data.pageSize} total={query.data.total} turn={setPage} />
    </div>
  );
}

interface TableProps {
  filter: RefusedFilter;
  shown: RefusedPage;
  actions: RefusedActions;
}

/** One page of rows, and what is ticked of it. */
function RefusedTable({ filter, shown, actions }: TableProps) {
  const { t } = useWords();
  const timeZone = useTimeZone();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const open = shown.rows.filter(({ state }) => state === "open");
  // What was replayed or discarded meanwhile is selected no longer.
  const chosen = open.filter((row) => selected.has(idOf(row)));
  const select = (rows: readonly RefusedRow[], isSelected: boolean) => {
    const next = new Set(selected);
    for (const row of rows) {
      if (isSelected) next.add(idOf(row));
      else next.delete(idOf(row));
    }
    setSelected(next);
  };
  return (
    <>
      {open.length > 0 && (chosen.length > 0 || filter.state === "open") && (
        <div className="refused-actions">
          <RefusedButtons
            ticked={chosen.length}
            total={shown.total}
            isBusy={actions.isBusy}
            replay={() => actions.replay(filter, chosen)}
            discard={() => actions.discard(filter, chosen)}
          />
        </div>
      )}
      <ScrollRegion label={t("data.refusedTitle")} className="table-scroll-tall refused-scroll">
        <table className="data-table refused-table">
          <caption className="visually-hidden">{t("data.refusedTitle")}</caption>
          <thead>
            <tr>
              <th scope="col" className="select-cell">
                {open.length > 0 && (
                  <input
                    type="checkbox"
                    aria-label={t("data.selectAll")}
                    checked={chosen.length === open.length}
                    ref={(box) => {
                      if (box !== null) box.indeterminate = chosen.length > 0 && chosen.length < open.length;
                    }}
                    onChange={(event) => select(open, event.target.checked)}
                  />
                )}
              </th>
              <th scope="col">{t("data.file")}</th>
              <th scope="col">{t("data.reason")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.rows.map((row) => (
              <Row
                key={idOf(row)}
                row={row}
                timeZone={timeZone}
                isSelected={selected.has(idOf(row))}
                select={(isSelected) => select([row], isSelected)}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}
