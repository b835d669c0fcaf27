export { Column } from "../column.ts";
