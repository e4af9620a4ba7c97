import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/controls.css";
import "./styles/cards.css";
import "./styles/charts.css";
import "./styles/tables.css";
import "./styles/planner.css";
import "./styles/planner-limits.css";
import "./styles/planner-plan.css";
import "./styles/planner-result.css";
import "./styles/planner-studies.css";
import "./styles/data.css";
import "./styles/experiments.css";
import "./styles/journeys.css";
import "./styles/quality.css";
import "./styles/menus.css";
import "./styles/account.css";
import "./styles/settings.css";
import "./styles/proposals.css";
import "./styles/audit.css";
import "./styles/privacy.css";
import "./styles/print.css";
import { z } from "zod";
import { applyLanguage, applyTheme, readLanguage, readTheme } from "./app/preferences.ts";

applyTheme(readTheme());
const language = readLanguage();
applyLanguage(language);

// Zod tries `new Function` when the first schema is made, which the content security policy refuses and the console reports.
// The page is imported afterwards, because an import above this line would make its schemas first.
z.config({ jitless: true });

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const { startPage } = await import("./app/start.tsx");
startPage(root, language);
