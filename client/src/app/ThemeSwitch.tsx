import { useSyncExternalStore } from "react";
import { useWords } from "../i18n/words-context.tsx";
import { Icon } from "../ui/Icon.tsx";
import { keepTheme, readTheme, THEMES, watchTheme } from "./preferences.ts";

const ICONS = { auto: "auto", light: "sun", dark: "moon" } as const;

export function ThemeSwitch() {
  const { t } = useWords();
  const theme = useSyncExternalStore(watchTheme, readTheme);
  return (
    <fieldset className="segments segments-icons">
      <legend className="visually-hidden">{t("app.theme.label")}</legend>
      {THEMES.map((name) => (
        <label key={name} className="segment" title={t(`app.theme.${name}`)}>
          <input type="radio" name="theme" checked={theme === name} onChange={() => keepTheme(name)} />
          <Icon name={ICONS[name]} />
          <span className="visually-hidden">{t(`app.theme.${name}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
