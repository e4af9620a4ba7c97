import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { useWords } from "../../i18n/words-context.tsx";
import type { Limits } from "../planner/limits.ts";
import { usePropose } from "./proposal-queries.ts";

/** The lengths that the server takes. */
const LONGEST_NAME = 80;
const LONGEST_NOTE = 1_000;

/** Puts the plan that is shown forward: the server plans these limits once more and freezes what it finds. */
export function ProposePlan({ limits, isPending }: { limits: Limits; isPending: boolean }) {
  const { t } = useWords();
  const { may } = useMay("plans:propose");
  const [name, setName] = useState("");
  const [note, setNote] = useState("");
  const propose = usePropose();
  const trimmed = name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!may || trimmed === "" || isPending || propose.isPending) return;
    const clear = () => {
      setName("");
      setNote("");
    };
    propose.mutate({ name: trimmed, note: note.trim(), input: limits }, { onSuccess: clear });
  };
  return (
    <div className="result-part propose">
      <h3>{t("proposals.proposeTitle")}</h3>
      <p className="hint">{t("proposals.proposeWhy")}</p>
      <form className="propose-form" aria-label={t("proposals.proposeTitle")} onSubmit={submit}>
        <label className="field">
          <span className="field-label">{t("proposals.proposeName")}</span>
          <input
            type="text"
            autoComplete="off"
            maxLength={LONGEST_NAME}
            value={name}
            placeholder={t("proposals.proposePlaceholder")}
            onChange={(event) => {
              setName(event.target.value);
              propose.reset();
            }}
          />
        </label>
        <label className="field">
          <span className="field-label">{t("proposals.proposeNote")}</span>
          <textarea rows={2} maxLength={LONGEST_NOTE} value={note} onChange={(event) => setNote(event.target.value)} />
        </label>
        <GuardedButton
          right="plans:propose"
          type="submit"
          className="button button-primary"
          disabled={trimmed === "" || isPending || propose.isPending}
        >
          {t(propose.isPending ? "proposals.proposing" : "proposals.propose")}
        </GuardedButton>
      </form>
      <p role="status" className="propose-outcome">
        {propose.isSuccess && trimmed === "" && (
          <>
            {t("proposals.proposedAs", { name: propose.data.name })}{" "}
            <Link to="/rebalancing" search={(before) => ({ ...before, id: propose.data.id })}>
              {t("proposals.see")}
            </Link>
          </>
        )}
      </p>
      <FailureLine error={propose.error} />
    </div>
  );
}
