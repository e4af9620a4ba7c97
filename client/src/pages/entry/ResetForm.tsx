import { useMutation } from "@tanstack/react-query";
import { RequestReset } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { account } from "../../app/api.ts";
import { FailureLine } from "../../app/FailureLine.tsx";
import { EmailField } from "./EmailField.tsx";

interface Props {
  email: string;
  changeEmail(email: string): void;
  back(): void;
}

/** Asks for a link. The answer is the same whether there is such an account or not. */
export function ResetForm({ email, changeEmail, back }: Props) {
  const { t } = useTranslation();
  const [isTried, setTried] = useState(false);
  const ask = useMutation(account.requestReset.mutationOptions());
  const isEmail = RequestReset.shape.email.safeParse(email.trim()).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isEmail && !ask.isPending) ask.mutate({ email: email.trim() });
  };
  const backButton = (
    <button type="button" className="link-button" onClick={back}>
      {t("entry.back")}
    </button>
  );
  if (ask.isSuccess) {
    return (
      <div className="entry-form">
        <p className="entry-text" role="status">
          {t("entry.resetSent", { email: email.trim() })}
        </p>
        <p className="hint">{t("entry.resetWhere")}</p>
        {backButton}
      </div>
    );
  }
  return (
    <form className="entry-form" onSubmit={submit} noValidate>
      <p className="entry-text">{t("entry.resetText")}</p>
      <EmailField
        value={email}
        isFocused
        problem={isTried && !isEmail ? t("entry.emailWrong") : null}
        onChange={changeEmail}
      />
      <FailureLine error={ask.error} says={{ TOO_MANY_REQUESTS: t("entry.tooMany") }} />
      <button type="submit" className="button button-primary button-wide" disabled={ask.isPending}>
        {t("entry.resetSend")}
      </button>
      {backButton}
    </form>
  );
}
