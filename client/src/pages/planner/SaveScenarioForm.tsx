import { type FormEvent, useState } from "react";
import { explainFailure } from "../../app/api.ts";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { useWords } from "../../i18n/words-context.tsx";
import type { Limits } from "./limits.ts";
import { useSaveScenario, useScenarios } from "./planner-queries.ts";

/** The length that the server takes. */
const LONGEST_NAME = 80;

function isTaken(name: string, names: readonly string[]): boolean {
  return names.some((each) => each.toLocaleLowerCase() === name.toLocaleLowerCase());
}

/** Keeps the limits and their plan under a name; one that is taken is replaced only when somebody says so. */
export function SaveScenarioForm({ limits }: { limits: Limits }) {
  const { t } = useWords();
  const [name, setName] = useState("");
  const { may } = useMay("scenarios:change");
  const save = useSaveScenario();
  const { data: list = [] } = useScenarios();
  const trimmed = name.trim();
  const exists = isTaken(
    trimmed,
    list.map((scenario) => scenario.name),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!may || trimmed === "" || save.isPending) return;
    save.mutate({ name: trimmed, input: limits, replace: exists }, { onSuccess: () => setName("") });
  };
  const failure = save.isError ? explainFailure(save.error) : null;
  return (
    <form className="save-form" aria-label={t("scenarios.save")} onSubmit={submit}>
      <label className="field">
        <span className="field-label">{t("scenarios.name")}</span>
        <input
          type="text"
          autoComplete="off"
          maxLength={LONGEST_NAME}
          value={name}
          placeholder={t("scenarios.namePlaceholder")}
          onChange={(event) => {
            setName(event.target.value);
            save.reset();
          }}
        />
      </label>
      <GuardedButton
        type="submit"
        right="scenarios:change"
        className="button button-primary"
        disabled={trimmed === "" || save.isPending}
      >
        {t(exists && trimmed !== "" ? "scenarios.replace" : "scenarios.save")}
      </GuardedButton>
      <p className="save-note" role="status">
        {save.isSuccess && trimmed === "" && t("scenarios.saved", { name: save.data.name })}
        {failure !== null && (
          <span className="field-problem">{failure.kind === "offline" ? t("state.errorOffline") : failure.reason}</span>
        )}
      </p>
    </form>
  );
}
