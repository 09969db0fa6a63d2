import type { ReportedStage } from '@lamplight/domain';
import { PANEL_WORDS, type PanelWord, ruleOf, STAGE_WORDS, type Verb } from './grammar.js';
import type { CommandSubjects } from './lexicon.js';

/** What a command line means: identifiers, not names. */
export type DeskCommand =
  /** No units: those that are suggested. */
  | { readonly verb: 'dispatch'; readonly unitIds: readonly string[]; readonly incidentId: string }
  | { readonly verb: 'transfer'; readonly unitIds: readonly string[]; readonly incidentId: string }
  | { readonly verb: 'recall'; readonly unitIds: readonly string[]; readonly reason: string }
  | { readonly verb: 'progress'; readonly unitIds: readonly string[]; readonly stage: ReportedStage }
  | { readonly verb: 'status'; readonly unitIds: readonly string[]; readonly code: string }
  | { readonly verb: 'note'; readonly incidentId: string; readonly text: string }
  | { readonly verb: 'find'; readonly text: string }
  | { readonly verb: 'open'; readonly incidentId: string }
  | { readonly verb: 'show'; readonly unitIds: readonly string[] }
  | { readonly verb: 'timer'; readonly seconds: number; readonly text: string }
  | { readonly verb: 'type'; readonly incidentId: string; readonly typeCode: string }
  | { readonly verb: 'priority'; readonly incidentId: string; readonly priority: 1 | 2 | 3 | 4 | 5 }
  /** `null`: the next level. */
  | { readonly verb: 'alarm'; readonly incidentId: string; readonly level: number | null }
  | { readonly verb: 'link'; readonly incidentId: string; readonly otherId: string }
  | { readonly verb: 'merge'; readonly incidentId: string; readonly otherId: string }
  | { readonly verb: 'close'; readonly incidentId: string; readonly disposition: string }
  | { readonly verb: 'cancel'; readonly incidentId: string; readonly reason: string }
  | { readonly verb: 'go'; readonly panel: PanelWord }
  | { readonly verb: 'call' }
  | { readonly verb: 'help'; readonly about: Verb | null };

/** The command as it may be typed; it parses to the same command. */
export function printCommand(command: DeskCommand, subjects: CommandSubjects): string {
  const word = ruleOf(command.verb).words[0] ?? command.verb;
  const incident = (id: string): string =>
    `#${subjects.incidents.find((each) => each.id === id)?.number ?? id}`;
  const units = (ids: readonly string[]): string =>
    ids
      .map((id) => `@${subjects.units.find((each) => each.id === id)?.callSign.replace(/[\s,]/g, '') ?? id}`)
      .join(' ');
  const parts = ((): readonly string[] => {
    switch (command.verb) {
      case 'dispatch':
      case 'transfer':
        return [units(command.unitIds), incident(command.incidentId)];
      case 'recall':
        return [units(command.unitIds), command.reason];
      case 'progress':
        return [units(command.unitIds), STAGE_WORDS[command.stage][0] ?? command.stage];
      case 'status':
        return [units(command.unitIds), command.code];
      case 'note':
        return [incident(command.incidentId), command.text];
      case 'find':
        return [command.text];
      case 'open':
        return [incident(command.incidentId)];
      case 'show':
        return [units(command.unitIds)];
      case 'timer':
        return [`${command.seconds}s`, command.text];
      case 'type':
        return [incident(command.incidentId), command.typeCode];
      case 'priority':
        return [incident(command.incidentId), String(command.priority)];
      case 'alarm':
        return [incident(command.incidentId), command.level === null ? '' : String(command.level)];
      case 'link':
      case 'merge':
        return [incident(command.incidentId), incident(command.otherId)];
      case 'close':
        return [incident(command.incidentId), command.disposition];
      case 'cancel':
        return [incident(command.incidentId), command.reason];
      case 'go':
        return [PANEL_WORDS[command.panel][0]];
      case 'call':
        return [];
      case 'help':
        return [command.about === null ? '' : (ruleOf(command.about).words[0] ?? command.about)];
    }
  })();
  return [word, ...parts].filter((part) => part !== '').join(' ');
}
