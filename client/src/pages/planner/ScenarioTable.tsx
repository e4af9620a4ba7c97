import type { ScenarioSummary } from "@touchline/server/contract";
import { useState } from "react";
import { explainFailure } from "../../app/api.ts";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useTimeZone } from "../../app/workspace-context.ts";
import { prepareScenarioRows, type ScenarioRow } from "../../charts/prepare/scenarios.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import type { Limits } from "./limits.ts";
import { useRemoveScenario, useRenameScenario } from "./planner-queries.ts";

type Doing = "nothing" | "renaming" | "removing";

/** Rename and delete, both asked a second time in the same place. */
function RowWays({ row, load }: { row: ScenarioRow; load(): void }) {
  const { t } = useWords();
  const [doing, setDoing] = useState<Doing>("nothing");
  const [name, setName] = useState(row.name);
  const rename = useRenameScenario();
  const remove = useRemoveScenario();
  const error = rename.error ?? remove.error;
  const failure = error === null ? null : explainFailure(error);
  const stop = () => {
    setDoing("nothing");
    rename.reset();
    remove.reset();
  };
  return (
    <span className="row-ways">
      {doing === "nothing" && (
        <>
          <button type="button" className="link-button" onClick={load}>
            {t("scenarios.load")}
          </button>
          <GuardedButton
            type="button"
            right="scenarios:change"
            className="link-button"
            onClick={() => {
              setName(row.name);
              setDoing("renaming");
            }}
          >
            {t("scenarios.rename")}
          </GuardedButton>
          <GuardedButton
            type="button"
            right="scenarios:change"
            className="link-button"
            onClick={() => setDoing("removing")}
          >
            {t("scenarios.remove")}
          </GuardedButton>
        </>
      )}
      {doing === "renaming" && (
        <form
          className="rename-form"
          onSubmit={(event) => {
            event.preventDefault();
            rename.mutate({ id: row.id, name }, { onSuccess: stop });
          }}
        >
          <input
            type="text"
            aria-label={t("scenarios.name")}
            value={name}
            maxLength={80}
            // biome-ignore lint/a11y/noAutofocus: the field replaces the button that was just pressed
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit" className="link-button" disabled={name.trim() === "" || rename.isPending}>
            {t("scenarios.renameDone")}
          </button>
        </form>
      )}
      {doing === "removing" && (
        <button
          type="button"
          className="link-button link-broken"
          disabled={remove.isPending}
          onClick={() => remove.mutate({ id: row.id })}
        >
          {t("scenarios.removeSure")}
        </button>
      )}
      {doing !== "nothing" && (
        <button type="button" className="link-button" onClick={stop}>
          {t("scenarios.cancel")}
        </button>
      )}
      {failure !== null && (
        <span className="field-problem" role="alert">
          {failure.kind === "offline" ? t("state.errorOffline") : failure.reason}
        </span>
      )}
    </span>
  );
}

interface Props {
  list: readonly ScenarioSummary[];
  chosen: readonly string[];
  toggle(id: string): void;
  load(limits: Limits): void;
}

/** What is saved, newest first. */
export function ScenarioTable({ list, chosen, toggle, load }: Props) {
  const words = useWords();
  const { t } = words;
  const timeZone = useTimeZone();
  const rows = prepareScenarioRows(list, timeZone, words);
  const loadAt = (index: number) => {
    const scenario = list[index];
    if (scenario !== undefined) load(scenario.input);
  };
  return (
    <ScrollRegion label={t("scenarios.title")}>
      <table className="data-table scenarios-table">
        <caption className="visually-hidden">{t("scenarios.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("scenarios.compare")}</th>
            <th scope="col">{t("scenarios.name")}</th>
            <th scope="col">{t("scenarios.savedAt")}</th>
            <th scope="col" className="numeric">
              {t("scenarios.spend")}
            </th>
            <th scope="col" className="numeric">
              {t("scenarios.gain")}
            </th>
            <th scope="col">{t("scenarios.binds")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id}>
              <td>
                <input
                  type="checkbox"
                  aria-label={t("scenarios.compareOf", { name: row.name })}
                  checked={chosen.includes(row.id)}
                  onChange={() => toggle(row.id)}
                />
              </td>
              <th scope="row">
                {row.name}
                {row.status !== "optimal" && <span className="scenario-status">{row.statusText}</span>}
              </th>
              <td>{row.savedAt}</td>
              <td className="numeric">{row.spend}</td>
              <td className="numeric">
                {row.gain}
                {row.interval !== null && <span className="move-share">{row.interval}</span>}
              </td>
              <td>{row.binding}</td>
              <td>
                <RowWays row={row} load={() => loadAt(index)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
