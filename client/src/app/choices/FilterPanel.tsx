import type { UseQueryResult } from "@tanstack/react-query";
import type { ResultChoices } from "@touchline/server/contract";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { SegmentedChoice } from "../../ui/SegmentedChoice.tsx";
import { FailurePanel } from "../FailurePanel.tsx";
import type { PageChoice } from "../pages.ts";
import type { WorkspaceView } from "../workspace-context.ts";
import { ChoiceList } from "./ChoiceList.tsx";
import { useChangeSearch } from "./use-change-search.ts";

interface Props {
  view: WorkspaceView;
  choices: readonly PageChoice[];
}

function CustomerChoice({ view, offered }: { view: WorkspaceView; offered: ResultChoices }) {
  const { t } = useWords();
  const change = useChangeSearch();
  const { customers } = view.conversions;
  if (offered.customers === null && customers === "") {
    return (
      <div className="filter-part">
        <p className="hint">{t("choices.customersUnknown")}</p>
      </div>
    );
  }
  return (
    <div className="filter-part">
      <SegmentedChoice
        label={t("choices.customers")}
        value={customers}
        choices={[
          { value: "", text: t("choices.allCustomers") },
          { value: "new", text: t("choices.newCustomers") },
          { value: "returning", text: t("choices.returningCustomers") },
        ]}
        onChange={(value) => change({ customers: value === "" ? undefined : value })}
      />
    </div>
  );
}

function Lists({ view, choices, offered }: Props & { offered: ResultChoices }) {
  const { t, format } = useWords();
  const change = useChangeSearch();
  return (
    <>
      {choices.includes("conversions") && (
        <>
          <ChoiceList
            title={t("choices.conversionTypes")}
            search={t("choices.searchTypes")}
            choices={offered.conversionTypes.map(({ name, conversions }) => ({
              name,
              figure: t("choices.conversionsOf", { conversions: format.count(conversions) }),
            }))}
            chosen={view.conversions.conversionTypes}
            choose={(types) => change({ types })}
          />
          <CustomerChoice view={view} offered={offered} />
        </>
      )}
      {choices.includes("channels") && (
        <ChoiceList
          title={t("choices.channels")}
          search={t("choices.searchChannels")}
          choices={offered.channels.map(({ name, spend }) => ({
            name,
            figure: spend === null ? t("choices.unspent") : format.money(spend),
            mark: <Swatch hue={view.hues.get(name)} />,
          }))}
          chosen={view.channels}
          choose={(channels) => change({ channels })}
        />
      )}
    </>
  );
}

/** The lists of the filter, in its states. */
export default function FilterPanel({ answer, ...props }: Props & { answer: UseQueryResult<ResultChoices, unknown> }) {
  const { t } = useWords();
  if (answer.data === undefined) {
    return answer.isError ? (
      <FailurePanel error={answer.error} retry={() => answer.refetch()} />
    ) : (
      <div className="filter-part">
        <div className="skeleton skeleton-table">
          <span className="visually-hidden">{t("choices.loading")}</span>
        </div>
      </div>
    );
  }
  return (
    <>
      <Lists {...props} offered={answer.data} />
      <div className="filter-part">
        <p className="hint">{t("choices.effect")}</p>
      </div>
    </>
  );
}
