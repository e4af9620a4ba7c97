// Folded away in the planner: fetched when one of them is first opened.
export { ContactsEditor } from "./ContactsEditor.tsx";
export { GroupsEditor } from "./GroupsEditor.tsx";
export { StockEditor } from "./StockEditor.tsx";
export { WeightsEditor } from "./WeightsEditor.tsx";
