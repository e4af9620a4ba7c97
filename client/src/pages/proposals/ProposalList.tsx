import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ProposalSummary } from "@touchline/server/contract";
import { useTimeZone } from "../../app/workspace-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { countStates, prepareLines } from "./describe-proposals.ts";
import { useProposals } from "./proposal-queries.ts";
import { ShownState } from "./proposals-search.ts";
import { StateBadge } from "./StateBadge.tsx";

const COLUMNS = ["proposed", "moved", "gain", "decided"] as const;
const NUMERIC: ReadonlySet<string> = new Set(["moved", "gain"]);

function Table({ list, shown }: { list: readonly ProposalSummary[]; shown: ShownState }) {
  const words = useWords();
  const { t } = words;
  const lines = prepareLines(list, shown, useTimeZone(), words);
  if (lines.length === 0) return <p className="card-empty">{t("proposals.emptyState")}</p>;
  return (
    <ScrollRegion label={t("proposals.listTitle")}>
      <table className="data-table proposals-table">
        <caption className="visually-hidden">{t("proposals.listTitle")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("proposals.name")}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={NUMERIC.has(column) ? "numeric" : undefined}>
                {t(`proposals.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">
                <Link to="/rebalancing" search={(before) => ({ ...before, id: line.id })} className="proposal-link">
                  {line.name}
                </Link>
                <StateBadge state={line.state} />
              </th>
              <td>{line.proposed}</td>
              <td className="numeric">{line.moved}</td>
              <td className="numeric">
                {line.gain}
                {line.interval !== null && <span className="cell-interval">{line.interval}</span>}
              </td>
              <td>
                {line.decided}
                {line.remark !== "" && <span className="proposal-remark">{line.remark}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Empty() {
  const { t } = useWords();
  return (
    <div className="card-empty">
      <p>{t("proposals.emptyText")}</p>
      <Link to="/planner" search={true} className="button button-primary">
        {t("proposals.emptyLink")}
      </Link>
    </div>
  );
}

/** What waits comes first; everything else is one choice away. */
export function ProposalList() {
  const { t } = useWords();
  const query = useProposals();
  const navigate = useNavigate({ from: "/rebalancing" });
  const search = useSearch({ from: "/rebalancing" });
  const list = query.data ?? [];
  const counts = countStates(list);
  const shown = search.state ?? (counts.proposed > 0 ? "proposed" : "all");
  return (
    <Card
      title={t("proposals.listTitle")}
      sentence={t("proposals.listSentence")}
      origin={{ title: t("proposals.listTitle"), figures: ["plan", "spend", "interval"] }}
      table="shown"
      isBusy={query.isPending}
      actions={
        list.length > 0 && (
          <fieldset className="segments">
            <legend className="visually-hidden">{t("proposals.stateLabel")}</legend>
            {ShownState.options.map((state) => (
              <label key={state} className="segment">
                <input
                  type="radio"
                  name="proposal-state"
                  checked={state === shown}
                  onChange={() => navigate({ search: (before) => ({ ...before, state }), replace: true })}
                />
                {t("proposals.stateCount", { state: t(`proposals.states.${state}`), count: counts[state] })}
              </label>
            ))}
          </fieldset>
        )
      }
    >
      {query.data === undefined && <div className="skeleton skeleton-sources" />}
      {query.data !== undefined && (list.length === 0 ? <Empty /> : <Table list={list} shown={shown} />)}
    </Card>
  );
}
