import { Email, Role, rolesGrantedBy, type Team } from "@touchline/server/contract";
import { type FormEvent, useId, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMembership } from "../../app/me-context.ts";
import { useMay } from "../../app/use-may.ts";
import { useTimeZone } from "../../app/workspace-context.ts";
import { splitPerson } from "../../format/person-name.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useInvite, useWithdrawInvitation } from "./settings-queries.ts";

function InviteForm() {
  const { t } = useWords();
  const { may } = useMay("members:change");
  const { role: own } = useMembership();
  const noteId = useId();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [isTried, setTried] = useState(false);
  const invite = useInvite();
  const isEmail = Email.safeParse(email.trim()).success;
  const isWrong = isTried && !isEmail;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!may || !isEmail || invite.isPending) return;
    const asked = { email: email.trim(), role };
    invite.mutate(asked, {
      onSuccess: () => {
        setEmail("");
        setTried(false);
      },
    });
  };
  return (
    <form className="invite-form" onSubmit={submit} noValidate>
      <label className={isWrong ? "field field-broken" : "field"}>
        <span className="field-label">{t("entry.email")}</span>
        <input
          type="email"
          autoComplete="off"
          maxLength={254}
          value={email}
          aria-invalid={isWrong}
          aria-describedby={noteId}
          onChange={(event) => setEmail(event.target.value)}
        />
      </label>
      <label className="field">
        <span className="field-label">{t("settings.role")}</span>
        <select value={role} onChange={(event) => setRole(Role.parse(event.target.value))}>
          {rolesGrantedBy(own).map((each) => (
            <option key={each} value={each}>
              {t(`rights.role.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <GuardedButton type="submit" right="members:change" className="button button-primary" disabled={invite.isPending}>
        {t("settings.invite")}
      </GuardedButton>
      <p id={noteId} role="status" className={isWrong ? "field-problem" : "hint"}>
        {isWrong
          ? t("entry.emailWrong")
          : invite.isSuccess && email === ""
            ? t("settings.invited", { email: invite.variables.email })
            : t(`rights.what.${role}`)}
      </p>
      <FailureLine error={invite.error} />
    </form>
  );
}

/** Who was asked to join and has not yet, and the form that asks. */
export function InvitationsCard({ invitations }: { invitations: Team["invitations"] }) {
  const { t, format } = useWords();
  const timeZone = useTimeZone();
  const withdraw = useWithdrawInvitation();
  const title = t("settings.inviteTitle");
  return (
    <Card title={title} sentence={t("settings.inviteSentence")}>
      <InviteForm />
      <FailureLine error={withdraw.error} />
      {invitations.length > 0 && (
        <ScrollRegion label={title}>
          <table className="data-table people-table">
            <caption className="visually-hidden">{t("settings.invitationsOpen")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("settings.invitationsOpen")}</th>
                <th scope="col">{t("settings.role")}</th>
                <th scope="col">{t("settings.invitedBy")}</th>
                <th scope="col">{t("settings.until")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {invitations.map(({ id, email, role, invitedBy, expiresAt }) => (
                <tr key={id}>
                  <th scope="row">{email}</th>
                  <td>{t(`rights.role.${role}`)}</td>
                  <td title={invitedBy}>{splitPerson(invitedBy).name}</td>
                  <td>{format.moment(new Date(expiresAt), timeZone)}</td>
                  <td className="ways-cell">
                    <ConfirmButton
                      right="members:change"
                      question={t("settings.withdrawQuestion", { email })}
                      sure={t("settings.withdraw")}
                      label={t("settings.withdrawOf", { email })}
                      isBusy={withdraw.isPending}
                      act={() => withdraw.mutate({ id })}
                    >
                      {t("settings.withdraw")}
                    </ConfirmButton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Card>
  );
}
