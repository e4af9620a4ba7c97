import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { account } from "../../app/api.ts";
import { FailureLine } from "../../app/FailureLine.tsx";
import { CodeField } from "./CodeField.tsx";

/** The password was right; the code of the app, or a spare one, is what is missing. */
export function CodeForm({ onRight, startOver }: { onRight(): void; startOver(): void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const send = useMutation(account.signInWithCode.mutationOptions({ onSuccess: onRight }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim().length >= 6 && !send.isPending) send.mutate({ code: code.trim() });
  };
  return (
    <form className="entry-form" onSubmit={submit} noValidate>
      <p className="entry-text">{t("entry.codeText")}</p>
      <CodeField value={code} hint={t("entry.codeSpare")} isFocused onChange={setCode} />
      <FailureLine
        error={send.error}
        says={{ UNAUTHORIZED: t("entry.codeWrong"), TOO_MANY_REQUESTS: t("entry.tooMany") }}
      />
      <button type="submit" className="button button-primary button-wide" disabled={send.isPending}>
        {t("entry.codeSend")}
      </button>
      <button type="button" className="link-button" onClick={startOver}>
        {t("entry.startOver")}
      </button>
    </form>
  );
}
