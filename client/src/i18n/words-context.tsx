import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { createFormat } from "../format/format.ts";
import { parseLanguage } from "./language.ts";
import type { Words } from "./words.ts";

const WordsContext = createContext<Words | null>(null);

/** Gives every page its words: the language that is chosen, and the workspace's currency. */
export function WordsProvider({ currency, children }: { currency: string; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const language = parseLanguage(i18n.language) ?? "en";
  const words = useMemo(() => ({ t, format: createFormat(language, currency) }), [t, language, currency]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error("useWords outside of WordsProvider");
  return words;
}
