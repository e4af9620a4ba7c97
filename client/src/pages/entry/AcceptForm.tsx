import { useMutation } from "@tanstack/react-query";
import { AcceptLink, type LinkFacts, NewPassword } from "@touchline/server/contract";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { account } from "../../app/api.ts";
import { FailureLine } from "../../app/FailureLine.tsx";
import { EmailField } from "./EmailField.tsx";
import { NewPasswordField } from "./NewPasswordField.tsx";
import { PasswordField } from "./PasswordField.tsx";

interface Props {
  token: string;
  link: LinkFacts;
  onAccepted(state: "signed-in" | "second-factor"): void;
}

function Head({ link }: { link: LinkFacts }) {
  const { t } = useTranslation();
  const role = link.role === null ? "" : t(`rights.role.${link.role}`);
  return (
    <>
      <h1>{t(`entry.link.${link.kind}.title`, { workspace: link.workspace ?? "" })}</h1>
      <p className="entry-text">
        {link.kind === "invitation" && link.hasAccount
          ? t("entry.invitationKnown", { role })
          : t(`entry.link.${link.kind}.text`, { role })}
      </p>
      {link.role !== null && link.kind === "invitation" && <p className="hint">{t(`rights.what.${link.role}`)}</p>}
    </>
  );
}

function NameField({
  value,
  problem,
  onChange,
}: {
  value: string;
  problem: string | null;
  onChange(value: string): void;
}) {
  const { t } = useTranslation();
  const noteId = useId();
  return (
    <label className={problem === null ? "field" : "field field-broken"}>
      <span className="field-label">{t("entry.name")}</span>
      <input
        type="text"
        name="name"
        autoComplete="name"
        maxLength={80}
        value={value}
        aria-invalid={problem !== null}
        aria-describedby={noteId}
        // biome-ignore lint/a11y/noAutofocus: the first question of a page that asks nothing else
        autoFocus
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={noteId} className={problem === null ? "hint" : "field-problem"}>
        {problem ?? t("entry.nameWhy")}
      </span>
    </label>
  );
}

/** Asks for what the link does not know: a name and a new password, or the password of an account that is there. */
export function AcceptForm({ token, link, onAccepted }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [email, setEmail] = useState(link.email ?? "");
  const [password, setPassword] = useState("");
  const [isTried, setTried] = useState(false);
  const accept = useMutation(account.acceptLink.mutationOptions({ onSuccess: ({ state }) => onAccepted(state) }));
  const isKnown = link.kind === "invitation" && link.hasAccount;
  const asksName = link.kind !== "reset" && !isKnown;
  const input = AcceptLink.safeParse({
    token,
    email: link.email === null ? email.trim() : null,
    name: asksName ? name : null,
    password,
  });
  const isPasswordRight = isKnown ? password !== "" : NewPassword.safeParse(password).success;
  const isEmailRight = input.success || !input.error.issues.some(({ path }) => path[0] === "email");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (input.success && isPasswordRight && !accept.isPending) accept.mutate(input.data);
  };
  return (
    <form className="entry-form" onSubmit={submit} noValidate>
      <Head link={link} />
      {asksName && (
        <NameField
          value={name}
          problem={isTried && name.trim() === "" ? t("entry.nameMissing") : null}
          onChange={setName}
        />
      )}
      <EmailField
        value={email}
        problem={isTried && !isEmailRight ? t("entry.emailWrong") : null}
        onChange={link.email === null ? setEmail : null}
      />
      {isKnown ? (
        <PasswordField
          label={t("entry.password")}
          autoComplete="current-password"
          value={password}
          isFocused
          problem={isTried && password === "" ? t("entry.passwordMissing") : null}
          onChange={setPassword}
        />
      ) : (
        <NewPasswordField
          label={t("entry.newPassword")}
          value={password}
          isTried={isTried}
          isFocused={!asksName}
          onChange={setPassword}
        />
      )}
      <FailureLine
        error={accept.error}
        says={{
          UNAUTHORIZED: t("entry.wrong"),
          TOO_MANY_REQUESTS: t("entry.tooMany"),
          NOT_FOUND: t("entry.deadTitle"),
        }}
      />
      <button type="submit" className="button button-primary button-wide" disabled={accept.isPending}>
        {t(`entry.link.${link.kind}.send`)}
      </button>
    </form>
  );
}
