import type { CommandModule } from "yargs";

/** What a command's file has: all of a command but its line in the help, which is in commands.ts. */
export type CommandBody<Arguments = object> = Pick<
  CommandModule<object, Arguments>,
  "builder" | "handler"
>;
