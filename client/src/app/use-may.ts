import { type Right, type Role, roleMay, rolesWith } from "@touchline/server/contract";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { LOCALE, parseLanguage } from "../i18n/language.ts";
import { useMembership } from "./me-context.ts";

interface May {
  readonly may: boolean;
  /** The sentence that says who may; empty where the reader does. */
  readonly why: string;
}

export function sayWhoMay(role: Role, right: Right, t: TFunction, language: string): string {
  const locale = LOCALE[parseLanguage(language) ?? "en"];
  const names = rolesWith(right).map((each) => t(`rights.role.${each}`).toLocaleLowerCase(locale));
  const roles = new Intl.ListFormat(locale, { type: "disjunction" }).format(names);
  return t("rights.why", { roles, role: t(`rights.role.${role}`).toLocaleLowerCase(locale) });
}

/** Whether the reader may do something, so that the page can say so before the server has to. */
export function useMay(right: Right): May {
  const { t, i18n } = useTranslation();
  const { role } = useMembership();
  const may = roleMay(role, right);
  return { may, why: may ? "" : sayWhoMay(role, right, t, i18n.language) };
}
