import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { account } from "../app/api.ts";
import { FailureLine } from "../app/FailureLine.tsx";
import { Outside } from "../app/Outside.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { returnPath } from "../app/place.ts";
import { keepWanted } from "../app/preferences.ts";
import type { SignedOut } from "../app/way-in.ts";
import { CodeForm } from "./entry/CodeForm.tsx";
import { ResetForm } from "./entry/ResetForm.tsx";
import { SignInForm } from "./entry/SignInForm.tsx";

type Step = "password" | "code" | "forgotten";

/** Where the address says that somebody wanted to go. */
function wantedPath(): string {
  const { search, origin } = window.location;
  return returnPath(new URLSearchParams(search).get("to"), origin) ?? "/";
}

function SingleSignOn({ name }: { name: string }) {
  const { t } = useTranslation();
  // It leads back here with its reason where it did not let somebody in.
  const hasFailed = new URLSearchParams(window.location.search).has("error");
  const start = useMutation(
    account.startSso.mutationOptions({
      onSuccess: ({ url }) => {
        keepWanted(wantedPath());
        window.location.assign(url);
      },
    }),
  );
  return (
    <div className="entry-sso">
      <button type="button" className="button button-wide" disabled={start.isPending} onClick={() => start.mutate()}>
        {t("entry.sso", { name })}
      </button>
      <FailureLine error={start.error} />
      {hasFailed && (
        <p className="field-problem" role="alert">
          {t("entry.ssoFailed")}
        </p>
      )}
      <p className="entry-or">
        <span>{t("entry.or")}</span>
      </p>
    </div>
  );
}

/** Nobody can sign in yet: the link of the first owner stands where the server was started. */
function FirstOwner() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t("entry.newTitle")}</h1>
      <p className="entry-text">{t("entry.newText")}</p>
      <pre className="command">
        <code>{t("entry.newLine", { origin: window.location.origin })}</code>
      </pre>
      <p className="hint">{t("entry.newAgain")}</p>
    </>
  );
}

export function SignInPage({ me }: { me: SignedOut }) {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>("password");
  const [email, setEmail] = useState("");
  usePageTitle(t("entry.title"));
  // The page of before is not in memory any more, and whatever comes next is loaded as the one who signed in.
  const leave = () => window.location.replace(new URL(wantedPath(), window.location.origin));
  const restart = () => setStep("password");
  const titles = { password: "entry.title", code: "entry.codeTitle", forgotten: "entry.resetTitle" } as const;
  return (
    <Outside>
      <section className="entry">
        {me.isNew ? (
          <FirstOwner />
        ) : (
          <>
            <h1>{t(titles[step])}</h1>
            {step === "password" && (
              <>
                {me.sso !== null && <SingleSignOn name={me.sso} />}
                <SignInForm
                  email={email}
                  changeEmail={setEmail}
                  onRight={(state) => (state === "signed-in" ? leave() : setStep("code"))}
                  forget={() => setStep("forgotten")}
                />
              </>
            )}
            {step === "code" && <CodeForm onRight={leave} startOver={restart} />}
            {step === "forgotten" && <ResetForm email={email} changeEmail={setEmail} back={restart} />}
          </>
        )}
      </section>
    </Outside>
  );
}
