export { scenariosRouter } from "./router.ts";
export {
  changesSinceLast,
  compareScenarios,
  findScenario,
  listScenarios,
  removeScenario,
  renameScenario,
  saveScenario,
} from "./scenarios.ts";
