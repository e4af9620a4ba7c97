import { useMutation } from "@tanstack/react-query";
import { CreateWorkspace } from "@touchline/server/contract";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { account } from "./api.ts";
import { FailureLine } from "./FailureLine.tsx";
import { basepathOf } from "./place.ts";

/** Makes a workspace and goes there. */
export function NewWorkspaceForm() {
  const { t } = useTranslation();
  const noteId = useId();
  const [name, setName] = useState("");
  const [isTried, setTried] = useState(false);
  const create = useMutation(
    account.createWorkspace.mutationOptions({
      onSuccess: (_answer, { id }) => window.location.assign(`${basepathOf(id)}/`),
    }),
  );
  const parsed = CreateWorkspace.safeParse({ id: name });
  const isWrong = isTried && !parsed.success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (parsed.success && !create.isPending) create.mutate(parsed.data);
  };
  return (
    <form className="form-narrow" onSubmit={submit} noValidate>
      <label className="field">
        <span className="field-label">{t("entry.newWorkspaceName")}</span>
        <input
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={63}
          value={name}
          aria-invalid={isWrong}
          aria-describedby={noteId}
          onChange={(event) => setName(event.target.value)}
        />
        <span id={noteId} className={isWrong ? "field-problem" : "hint"}>
          {t("entry.newWorkspaceRule")}
        </span>
      </label>
      <FailureLine error={create.error} />
      <button type="submit" className="button button-primary" disabled={create.isPending}>
        {t("entry.newWorkspaceCreate")}
      </button>
    </form>
  );
}
