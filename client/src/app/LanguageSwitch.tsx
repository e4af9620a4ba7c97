import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language } from "../i18n/language.ts";
import { speak } from "../i18n/vocabulary.ts";
import { keepLanguage } from "./preferences.ts";

/** Languages are named in themselves, so that each reader finds their own. */
const NAMES: Readonly<Record<Language, string>> = { en: "English", fr: "Français" };

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const choose = (language: Language) => {
    speak(language).then(
      () => keepLanguage(language),
      () => undefined,
    );
  };
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{t("app.language")}</legend>
      {LANGUAGES.map((language) => (
        <label key={language} className="segment" title={NAMES[language]}>
          <input type="radio" name="language" checked={i18n.language === language} onChange={() => choose(language)} />
          <span aria-hidden="true">{language.toUpperCase()}</span>
          <span className="visually-hidden" lang={language}>
            {NAMES[language]}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
