import { QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { createI18n } from "../i18n/index.ts";
import type { Language } from "../i18n/language.ts";
import { teach, wordsSoFar } from "../i18n/vocabulary.ts";
import { queryClient } from "./api.ts";
import { Entrance } from "./Entrance.tsx";

export function startPage(root: HTMLElement, language: Language): void {
  const i18n = createI18n(language, wordsSoFar(language));
  teach(i18n);
  createRoot(root).render(
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <Entrance />
      </QueryClientProvider>
    </I18nextProvider>,
  );
}
