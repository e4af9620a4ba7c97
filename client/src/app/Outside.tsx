import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { WordsProvider } from "../i18n/words-context.tsx";
import { Icon } from "../ui/Icon.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { ThemeSwitch } from "./ThemeSwitch.tsx";
import { useSignOut } from "./use-sign-out.ts";
import type { SignedIn } from "./way-in.ts";

function WhoAmI({ me }: { me: SignedIn }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <p className="outside-who">
      <span>{t("entry.signedInAs", { email: me.user.email })}</span>
      <button type="button" className="link-button" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
        {t("account.signOut")}
      </button>
    </p>
  );
}

/** Around what is seen without being in a workspace. */
export function Outside({ me, children }: { me?: SignedIn; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    // No money is told here.
    <WordsProvider currency="">
      <div className="outside">
        <header className="outside-bar">
          <span className="outside-brand">
            <Icon name="brand" />
            <strong>{t("app.name")}</strong>
          </span>
          <div className="top-bar-settings">
            <ThemeSwitch />
            <LanguageSwitch />
          </div>
        </header>
        <main id="page" className="outside-page" tabIndex={-1}>
          {children}
          {me !== undefined && <WhoAmI me={me} />}
        </main>
      </div>
    </WordsProvider>
  );
}
