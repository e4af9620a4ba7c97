import { REFUSED_STATES, type RefusedFilter, type RefusedReasons } from "@touchline/server/contract";
import { useState } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useRefusedReasons } from "../../app/queries.ts";
import { useMay } from "../../app/use-may.ts";
import { feedName } from "../../charts/prepare/findings.ts";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { RefusedRows } from "./RefusedRows.tsx";
import { useRefusedActions } from "./use-refused-actions.ts";

type Reason = RefusedReasons[number];

const isChosen = (filter: RefusedFilter, { source, kind, reason }: Reason) =>
  filter.reason === reason && filter.source === source && filter.kind === kind;

interface ReasonsProps {
  reasons: RefusedReasons;
  filter: RefusedFilter;
  choose: (filter: RefusedFilter) => void;
}

/** Reasons as buttons: a second press on the chosen one gives all rows back. */
function Reasons({ reasons, filter, choose }: ReasonsProps) {
  const words = useWords();
  const { t, format } = words;
  return (
    <ul className="reasons" aria-label={t("data.reasonsCaption")}>
      {reasons.map((reason) => {
        const chosen = isChosen(filter, reason);
        const { source, kind } = reason;
        return (
          <li key={`${source} ${kind} ${reason.step} ${reason.state} ${reason.reason}`}>
            <button
              type="button"
              className="reason"
              aria-pressed={chosen}
              onClick={() => choose({ ...stateOf(filter), ...(chosen ? {} : { source, kind, reason: reason.reason }) })}
            >
              <span className="reason-rows">{format.count(reason.rows)}</span>
              <span className="reason-words">
                <span lang="en">{reason.reason}</span>
                <span className="hint">{feedName(source, kind, words)}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

const stateOf = ({ state }: RefusedFilter): RefusedFilter => (state === undefined ? {} : { state });

function StatePicker({ filter, choose }: Omit<ReasonsProps, "reasons">) {
  const { t } = useWords();
  return (
    <label className="picker">
      <span className="picker-label">{t("data.waiting")}</span>
      <select
        value={filter.state ?? ""}
        onChange={(event) => {
          const state = REFUSED_STATES.find((known) => known === event.target.value);
          choose(state === undefined ? {} : { state });
        }}
      >
        {REFUSED_STATES.map((state) => (
          <option key={state} value={state}>
            {t(`data.states.${state}`)}
          </option>
        ))}
        <option value="">{t("data.allStates")}</option>
      </select>
    </label>
  );
}

/** The rows hold what came, people's identifiers among it: who may not read them learns who may. */
export function RefusedCard() {
  const { t } = useWords();
  const { may, why } = useMay("rejected:read");
  if (may) return <ReadableRefusedCard />;
  return (
    <Card title={t("data.refusedTitle")}>
      <p className="hint">{why}</p>
    </Card>
  );
}

/** Rows that were refused, by reason, with the text that came, and what can be done about them. */
function ReadableRefusedCard() {
  const { t, format } = useWords();
  const [filter, setFilter] = useState<RefusedFilter>({ state: "open" });
  const actions = useRefusedActions();
  const waiting = useRefusedReasons("open");
  const query = useRefusedReasons(filter.state);
  if (query.data === undefined || waiting.data === undefined) {
    const broken = query.isError ? query : waiting;
    return (
      <Card title={t("data.refusedTitle")} isBusy={!broken.isError}>
        {broken.isError ? (
          <FailurePanel error={broken.error} retry={() => broken.refetch()} />
        ) : (
          <div className="skeleton skeleton-refused" />
        )}
      </Card>
    );
  }
  const rows = waiting.data.reduce((sum, reason) => sum + reason.rows, 0);
  return (
    <Card
      title={t("data.refusedTitle")}
      sentence={
        rows === 0
          ? t("data.refusedNone")
          : t("data.refusedSentence", {
              rows: strong(format.count(rows)),
              reasons: format.count(waiting.data.length),
            })
      }
      actions={<StatePicker filter={filter} choose={setFilter} />}
    >
      <p className="refused-outcome" role="status">
        {actions.outcome}
      </p>
      {query.data.length === 0 ? (
        rows > 0 && <p className="card-empty">{t("data.nothingHere")}</p>
      ) : (
        <div className="refused">
          <Reasons reasons={query.data} filter={filter} choose={setFilter} />
          {/* Another choice begins on its first page, with nothing selected. */}
          <RefusedRows key={JSON.stringify(filter)} filter={filter} actions={actions} />
        </div>
      )}
    </Card>
  );
}
