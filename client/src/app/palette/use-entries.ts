import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { roleMay } from "@touchline/server/contract";
import { MODEL_GROUPS } from "../../charts/prepare/model-groups.ts";
import { LANGUAGES } from "../../i18n/language.ts";
import { speak } from "../../i18n/vocabulary.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { api } from "../api.ts";
import { useChangeSearch } from "../choices/use-change-search.ts";
import { COMPARISONS, PRESETS } from "../date-range.ts";
import { keepGuide } from "../guide/guide-memory.ts";
import { useMe, useMembership } from "../me-context.ts";
import { PAGES } from "../pages.ts";
import { basepathOf } from "../place.ts";
import { keepLanguage, keepTheme, THEMES } from "../preferences.ts";
import { useSignOut } from "../use-sign-out.ts";
import { useCommandDesk } from "./command-context.ts";
import type { PaletteEntry } from "./palette-entry.ts";
import { GO_KEYS } from "./shortcuts.ts";

/** Pages that stand below another one. */
const BELOW = [
  { to: "/attribution/quality", name: "quality", icon: "attribution", right: "results:read", group: "pages" },
  { to: "/data/import", name: "import", icon: "upload", right: "data:import", group: "actions" },
  { to: "/data/channels", name: "channels", icon: "filter", right: "data:read", group: "settings" },
  { to: "/account", name: "account", icon: "person", right: "results:read", group: "settings" },
  { to: "/settings/team", name: "team", icon: "person", right: "members:read", group: "settings" },
  { to: "/settings/keys", name: "keys", icon: "lock", right: "keys:read", group: "settings" },
  { to: "/settings/rules", name: "rules", icon: "settings", right: "results:read", group: "settings" },
  { to: "/settings/data", name: "dataSettings", icon: "table", right: "results:read", group: "settings" },
  {
    to: "/settings/rebalancing",
    name: "rebalancingSettings",
    icon: "proposals",
    right: "plans:read",
    group: "settings",
  },
  { to: "/settings/campaigns", name: "campaigns", icon: "settings", right: "plans:read", group: "settings" },
  { to: "/settings/audit", name: "audit", icon: "eye", right: "audit:read", group: "settings" },
  { to: "/settings/privacy", name: "privacy", icon: "lock", right: "privacy:read", group: "settings" },
] as const;

const keysOf = (to: string): { keys?: string } => {
  const letter = Object.entries(GO_KEYS).find(([, path]) => path === to)?.[0];
  return letter === undefined ? {} : { keys: `g ${letter}` };
};

/** Presses a button of the page as the reader would: what it opens is where it stands. */
function press(selector: string): void {
  const button = document.querySelector<HTMLButtonElement>(selector);
  button?.scrollIntoView({ block: "center" });
  button?.focus();
  button?.click();
}

function usePages(): PaletteEntry[] {
  const { t } = useWords();
  const navigate = useNavigate();
  const { workspaces } = useMe();
  const { role } = useMembership();
  const pages = PAGES.filter(({ name }) => name !== "portfolio" || workspaces.length > 1);
  return [
    ...pages.map(
      ({ to, name, icon }): PaletteEntry => ({
        ...{ id: `page ${to}`, group: "pages", icon, isOffered: true, ...keysOf(to) },
        ...{ label: t(`pages.${name}`), also: t(`palette.also.${name}`) },
        run: () => void navigate({ to, search: true }),
      }),
    ),
    ...BELOW.filter(({ right }) => roleMay(role, right)).map(
      ({ to, name, icon, group }): PaletteEntry => ({
        ...{ id: `page ${to}`, group, icon, ...keysOf(to) },
        ...{ label: t(`palette.below.${name}`), also: t(`palette.also.${name}`) },
        run: () => void navigate({ to, search: true }),
      }),
    ),
  ];
}

function useActions(): PaletteEntry[] {
  const { t } = useWords();
  const navigate = useNavigate();
  const { open } = useCommandDesk();
  const { isDemo } = useMe();
  const { role } = useMembership();
  const signOut = useSignOut();
  const action = (
    name: "newPlan" | "putForward" | "export" | "saveView" | "copyLink" | "shortcuts" | "guide" | "signOut",
    icon: PaletteEntry["icon"],
    run: () => void,
    more: Pick<PaletteEntry, "keys" | "isOffered"> = {},
  ): PaletteEntry => ({
    ...{ id: `action ${name}`, group: "actions", icon, run, ...more },
    ...{ label: t(`palette.action.${name}`), also: t(`palette.also.${name}`) },
  });
  const canExport = document.querySelector("#page .export-box button") !== null;
  return [
    action("newPlan", "planner", () => void navigate({ to: "/planner", search: {} }), { isOffered: true }),
    ...(roleMay(role, "plans:propose")
      ? [action("putForward", "proposals", () => void navigate({ to: "/rebalancing", search: {} }))]
      : []),
    ...(canExport ? [action("export", "download", () => press("#page .export-box button"), { isOffered: true })] : []),
    ...(roleMay(role, "views:change") ? [action("saveView", "star", () => press(".views-button"))] : []),
    action("copyLink", "link", () => void navigator.clipboard?.writeText(window.location.href).catch(() => undefined)),
    action("shortcuts", "info", () => open("shortcuts"), { keys: "?", isOffered: true }),
    action("guide", "flag", () => {
      keepGuide("open");
      void navigate({ to: "/", search: true });
    }),
    ...(isDemo ? [] : [action("signOut", "person", () => signOut.mutate())]),
  ];
}

function useChoices(): PaletteEntry[] {
  const { t } = useWords();
  const change = useChangeSearch();
  return [
    ...PRESETS.map(
      (preset): PaletteEntry => ({
        ...{ id: `days ${preset}`, group: "days", icon: "calendar", also: t("palette.also.days") },
        label: t(`choices.preset.${preset}`),
        run: () => change({ days: preset, from: undefined, to: undefined }),
      }),
    ),
    ...COMPARISONS.map(
      (compare): PaletteEntry => ({
        ...{ id: `compare ${compare}`, group: "comparison", icon: "calendar", also: t("palette.also.comparison") },
        label: t(`choices.comparison.${compare}`),
        run: () => change({ compare }),
      }),
    ),
    ...MODEL_GROUPS.flatMap(({ models }) => models).map(
      (model): PaletteEntry => ({
        ...{ id: `model ${model}`, group: "model", icon: "attribution", also: t("palette.also.model") },
        label: t(`models.${model}`),
        run: () => change({ model }),
      }),
    ),
    ...THEMES.map(
      (theme): PaletteEntry => ({
        ...{ id: `theme ${theme}`, group: "look", icon: "moon", also: t("palette.also.theme") },
        label: t("palette.theme", { theme: t(`app.theme.${theme}`) }),
        run: () => keepTheme(theme),
      }),
    ),
    ...LANGUAGES.map(
      (language): PaletteEntry => ({
        ...{ id: `language ${language}`, group: "look", icon: "info", also: t("palette.also.language") },
        label: t(`palette.language.${language}`),
        run: () =>
          void speak(language).then(
            () => keepLanguage(language),
            () => undefined,
          ),
      }),
    ),
  ];
}

function usePlaces(): PaletteEntry[] {
  const { t } = useWords();
  const navigate = useNavigate();
  const { workspaces } = useMe();
  const { id: here } = useMembership();
  const views = useQuery(api.views.list.queryOptions());
  return [
    ...(views.data?.views ?? []).map(
      ({ id, name }): PaletteEntry => ({
        ...{
          id: `view ${id}`,
          group: "views",
          icon: "star",
          label: name,
          also: t("palette.also.view"),
          isOffered: true,
        },
        run: () => void navigate({ to: "/view/$id", params: { id } }),
      }),
    ),
    ...workspaces
      .filter(({ id }) => id !== here)
      .map(
        ({ id }): PaletteEntry => ({
          ...{ id: `workspace ${id}`, group: "workspaces", icon: "portfolio", label: id },
          also: t("palette.also.workspace"),
          // A load of the page, not a route: nothing of one workspace stays in the page of another.
          run: () => window.location.assign(`${basepathOf(id)}/`),
        }),
      ),
  ];
}

/** Everything that the page itself knows how to do or where to go. */
export function useEntries(): PaletteEntry[] {
  return [...usePages(), ...useActions(), ...usePlaces(), ...useChoices()];
}
