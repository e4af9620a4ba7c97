export { comparableName } from "./column-names.ts";
export { Connector, type ConnectorTable } from "./connector.ts";
export { connectorNames, findConnector } from "./find-connector.ts";
export { resolveConnector, TableNotInFile } from "./resolve-connector.ts";
