export { type DeskCommand, printCommand } from './command.js';
export { type Completion, completeCommand } from './complete.js';
export {
  PANEL_WORDS,
  ruleOf,
  SLOTS,
  type Slot,
  STAGE_WORDS,
  VERB_NAMES,
  VERBS,
  type Verb,
} from './grammar.js';
export { type CommandSubjects, type Lexicon, lexiconOf } from './lexicon.js';
export {
  COMMAND_FAULTS,
  type CommandError,
  type CommandFault,
  type ParsedCommand,
  parseCommand,
} from './parse.js';
