import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { WordsProvider } from "../i18n/words-context.tsx";
import { Icon } from "../ui/Icon.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { ThemeSwitch } from "./ThemeSwitch.tsx";

/** Around what is seen without being in a workspace. */
export function Outside({ foot, children }: { foot?: ReactNode; children: ReactNode }) {
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
          {foot}
        </main>
      </div>
    </WordsProvider>
  );
}
