import { useMutation } from "@tanstack/react-query";
import { SignIn } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { account } from "../../app/api.ts";
import { FailureLine } from "../../app/FailureLine.tsx";
import { EmailField } from "./EmailField.tsx";
import { PasswordField } from "./PasswordField.tsx";

interface Props {
  email: string;
  changeEmail(email: string): void;
  /** What is asked next: nothing, or a code. */
  onRight(state: "signed-in" | "second-factor"): void;
  forget(): void;
}

export function SignInForm({ email, changeEmail, onRight, forget }: Props) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const [isTried, setTried] = useState(false);
  const signIn = useMutation(account.signIn.mutationOptions({ onSuccess: ({ state }) => onRight(state) }));
  const isEmail = SignIn.shape.email.safeParse(email.trim()).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isEmail && password !== "" && !signIn.isPending) signIn.mutate({ email: email.trim(), password });
  };
  return (
    <form className="entry-form" onSubmit={submit} noValidate>
      <EmailField
        value={email}
        isFocused={email === ""}
        problem={isTried && !isEmail ? t("entry.emailWrong") : null}
        onChange={changeEmail}
      />
      <PasswordField
        label={t("entry.password")}
        autoComplete="current-password"
        value={password}
        isFocused={email !== ""}
        problem={isTried && password === "" ? t("entry.passwordMissing") : null}
        onChange={setPassword}
      />
      <FailureLine
        error={signIn.error}
        says={{ UNAUTHORIZED: t("entry.wrong"), TOO_MANY_REQUESTS: t("entry.tooMany") }}
      />
      <button type="submit" className="button button-primary button-wide" disabled={signIn.isPending}>
        {t("entry.signIn")}
      </button>
      <button type="button" className="link-button" onClick={forget}>
        {t("entry.forgotten")}
      </button>
    </form>
  );
}
