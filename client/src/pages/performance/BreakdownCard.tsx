import type { BreakdownAnswer, BreakdownInput } from "@touchline/server/contract";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { TrustFlags } from "../../app/TrustFlags.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { chartStateOf } from "../../charts/chart-state.ts";
import { defaultColumns, nameOfRow, serverSort } from "../../charts/prepare/breakdown-columns.ts";
import { type BreakdownTable, keyOfRow, prepareBreakdown } from "../../charts/prepare/breakdown-table.ts";
import { wordFlags } from "../../charts/prepare/channel-trust.ts";
import { strong, type Words } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ExportMenu } from "../../ui/export/ExportMenu.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { BreakdownTableRow } from "./BreakdownLines.tsx";
import { InnerRows } from "./InnerRows.tsx";
import { useBreakdown, useMarginals } from "./performance-queries.ts";
import { ALL, FIRST_ROWS } from "./performance-search.ts";
import { TableControls } from "./TableControls.tsx";
import { TableHead } from "./TableHead.tsx";
import type { TableChoices } from "./table-choices.ts";
import { usePerformanceSearch } from "./use-performance-search.ts";

/** Who brings most, and what it costs. */
function writeSentence(answer: BreakdownAnswer, by: BreakdownInput["by"], { t, format }: Words): string {
  const top = [...answer.rows].sort((a, b) => Number(b.now.revenue) - Number(a.now.revenue))[0];
  if (top === undefined || Number(top.now.revenue) <= 0) return t("performance.tableNone");
  const figures = {
    name: strong(nameOfRow(top, by) || t("performance.unnamed")),
    revenue: strong(format.money(top.now.revenue)),
  };
  return top.now.spend === null
    ? t("performance.tableSentenceFree", figures)
    : t("performance.tableSentence", { ...figures, spend: format.money(top.now.spend) });
}

function Notes({
  answer,
  choices,
  isLoadingMarginals,
}: {
  answer: BreakdownAnswer;
  choices: TableChoices;
  isLoadingMarginals: boolean;
}) {
  const { t, format } = useWords();
  const { compared, refused } = answer;
  const needsMarginals = choices.columns.includes("mroas");
  const hasNoSpend = answer.rows.every(({ now }) => now.spend === null);
  return (
    <>
      <p className="hint table-note">
        {compared === null
          ? t("performance.intervalNoteAlone")
          : `${t("performance.intervalNote", { range: format.range(compared.from, compared.to) })} ${t("performance.movedHint")}`}
      </p>
      {hasNoSpend && <p className="hint">{t("performance.noSpendNote")}</p>}
      {refused !== null && <p className="hint">{t("performance.refused", { reason: refused })}</p>}
      {needsMarginals && isLoadingMarginals && <p className="hint">{t("performance.marginalsLoading")}</p>}
      {needsMarginals && choices.marginals?.refused && (
        <p className="hint">{t("performance.marginalsRefused", { reason: choices.marginals.refused })}</p>
      )}
    </>
  );
}

interface RowsProps {
  prepared: BreakdownTable;
  asked: BreakdownInput;
  choices: TableChoices;
}

function Rows({ prepared, asked, choices }: RowsProps) {
  const words = useWords();
  const { hues } = useWorkspace();
  const isNested = asked.by === "channel" || asked.by === "campaign";
  return prepared.lines.map((line) => {
    const { row } = line;
    const key = row === null ? line.key : keyOfRow(row);
    const isOpen = isNested && row !== null ? choices.openRows.has(key) : null;
    const hue = row === null ? undefined : hues.get(row.channel);
    const flags = row === null || asked.by !== "channel" ? [] : wordFlags({ ...row, interval: null }, words);
    const explained =
      row !== null && isNested
        ? () => choices.explain(row.channel, asked.by === "campaign" ? row.campaign : null)
        : undefined;
    return [
      <BreakdownTableRow
        key={key}
        line={line}
        hue={hue}
        depth={0}
        isOpen={isOpen}
        toggle={() => choices.toggle(key)}
        explain={explained}
        note={
          flags.length > 0 ? (
            <TrustFlags flags={flags} />
          ) : asked.by !== "channel" && row?.channel ? (
            row.channel
          ) : undefined
        }
      />,
      isOpen === true && row !== null ? (
        <InnerRows
          key={`${key} inside`}
          asked={{
            ...asked,
            ...{ contains: "", skip: 0, limit: FIRST_ROWS, by: asked.by === "channel" ? "campaign" : "creative" },
            within: { channel: row.channel, campaign: asked.by === "channel" ? null : row.campaign },
          }}
          choices={choices}
          hue={hue}
          depth={1}
        />
      ) : null,
    ];
  });
}

/** The table that a buyer works in: rows that open, columns and order of their choice, and a reason behind every change. */
export function BreakdownCard() {
  const words = useWords();
  const { t, format } = words;
  const { scope, model, channels, range } = useWorkspace();
  const { search, change } = usePerformanceSearch();
  const by = search.by ?? "channel";
  const chosen = search.columns ?? defaultColumns(model);
  const sort = search.sort ?? (model === "incremental" ? "incrementalRevenue" : "revenue");
  const isUp = search.up === true;
  const asked: BreakdownInput = {
    ...scope,
    ...{ by, channels: [...channels], contains: search.find ?? "", sort: serverSort(sort), isAscending: isUp },
    limit: search.rows ?? FIRST_ROWS,
  };
  const query = useBreakdown(asked);
  const openRows = new Set(search.open ?? []);
  const marginals = useMarginals(by === "campaign" || openRows.size > 0, chosen.includes("mroas"));
  const state = chartStateOf(query);
  const answer = query.data;
  // Where no platform claims anything, the column would only be in the way; whoever chooses it has it.
  const isClaimed = search.columns !== undefined || answer?.rows.some(({ now }) => now.claimed !== null) === true;
  const columns = isClaimed ? chosen : chosen.filter((column) => column !== "claimedRevenue");
  const title = t("performance.tableTitle");
  if (answer === undefined || state.kind === "error") {
    return (
      <Card title={title} isBusy={state.kind === "loading"}>
        <TableControls by={by} columns={columns} />
        {state.kind === "error" ? (
          <FailurePanel error={state.error} retry={state.retry} />
        ) : (
          <div className="skeleton skeleton-table" />
        )}
      </Card>
    );
  }
  const choices: TableChoices = {
    ...{ columns, sort, isUp, model, openRows, marginals: marginals.data },
    toggle(key) {
      const next = openRows.has(key) ? [...openRows].filter((each) => each !== key) : [...openRows, key];
      change({ open: next.length === 0 ? undefined : next });
    },
    explain: (channel, campaign) => change({ why: channel, whyCampaign: campaign ?? undefined }),
  };
  const prepared = prepareBreakdown(answer, { ...choices, by }, words);
  const isCompared = answer.compared !== null;
  const origin = {
    title,
    figures: [
      "spend",
      "creditedRevenue",
      "incrementalRevenue",
      "roas",
      "iroas",
      "marginalRoas",
      "cpa",
      "interval",
    ] as const,
    ...{ range, model, result: answer.origin },
  };
  return (
    <Card
      title={title}
      sentence={writeSentence(answer, by, words)}
      isBusy={state.kind === "stale"}
      className={state.kind === "stale" ? "is-stale" : ""}
      origin={origin}
      actions={
        <ExportMenu
          title={title}
          caption={t("performance.tableCaption")}
          origin={origin}
          table={() => prepared.table}
        />
      }
    >
      <TableControls by={by} columns={columns} />
      {search.find !== undefined && answer.matching === 0 ? (
        <p className="card-empty">
          {t("performance.noMatch", { text: search.find })}{" "}
          <button type="button" className="link-button" onClick={() => change({ find: undefined })}>
            {t("performance.clearFind")}
          </button>
        </p>
      ) : (
        <ScrollRegion label={title} className="table-scroll breakdown-scroll">
          <table className="data-table breakdown-table">
            <caption className="visually-hidden">{t("performance.tableCaption")}</caption>
            <TableHead
              {...{ by, columns, sort, isUp, isCompared }}
              sortBy={(column) => change({ sort: column, up: column === sort && !isUp ? true : undefined })}
            />
            <tbody>
              <Rows prepared={prepared} asked={asked} choices={choices} />
            </tbody>
            <tfoot>
              <BreakdownTableRow
                line={prepared.total}
                hue={undefined}
                depth={0}
                isOpen={null}
                explain={isCompared ? () => change({ why: ALL, whyCampaign: undefined }) : undefined}
              />
            </tfoot>
          </table>
        </ScrollRegion>
      )}
      {answer.matching > answer.rows.length && (
        <p className="table-more">
          <span className="hint">
            {t("performance.found", { shown: format.count(answer.rows.length), all: format.count(answer.matching) })}
          </span>
          <button
            type="button"
            className="button"
            onClick={() => change({ rows: Math.min(500, answer.rows.length + 50) })}
          >
            {t("performance.more")}
          </button>
        </p>
      )}
      <Notes answer={answer} choices={choices} isLoadingMarginals={marginals.isPending} />
    </Card>
  );
}
