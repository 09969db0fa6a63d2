import { REPORTED_STAGES, type ReportedStage } from '@lamplight/domain';
import {
  FILLERS,
  PANEL_WORDS,
  type PanelWord,
  STAGE_WORDS,
  VERB_NAMES,
  VERBS,
  type Verb,
} from './grammar.js';
import { fold } from './words.js';

/** What a command line can speak of; built anew when the board or the catalogue changes. */
export interface CommandSubjects {
  readonly units: readonly { readonly id: string; readonly callSign: string }[];
  /** Open ones; `number` as in `20170101-0042`. */
  readonly incidents: readonly { readonly id: string; readonly number: string }[];
  readonly statusCodes: readonly string[];
  readonly dispositionCodes: readonly string[];
  readonly typeCodes: readonly string[];
  /** The incident that is open at the desk. */
  readonly currentIncident: string | null;
  /** The unit that is selected at the desk. */
  readonly currentUnit: string | null;
}

/** Every way to say something, folded, by what it stands for. */
export interface Lexicon {
  readonly subjects: CommandSubjects;
  readonly verbs: ReadonlyMap<string, Verb>;
  readonly stages: ReadonlyMap<string, ReportedStage>;
  readonly panels: ReadonlyMap<string, PanelWord>;
  readonly units: ReadonlyMap<string, string>;
  /** By full number and by the part that is spoken on the day, with and without its zeros. */
  readonly incidents: ReadonlyMap<string, string>;
  readonly statuses: ReadonlyMap<string, string>;
  readonly dispositions: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, string>;
}

const PANEL_NAMES = ['queue', 'map', 'units', 'work'] as const satisfies readonly PanelWord[];

const byWord = <Name extends string>(
  names: readonly Name[],
  wordsOf: (name: Name) => readonly string[],
): ReadonlyMap<string, Name> =>
  new Map(names.flatMap((name) => wordsOf(name).map((word) => [fold(word), name] as const)));

const byCode = (codes: readonly string[]): ReadonlyMap<string, string> =>
  new Map(codes.map((code) => [fold(code), code]));

const verbs = byWord(VERB_NAMES, (verb) => VERBS[verb].words);
const stages = byWord(REPORTED_STAGES, (stage) => STAGE_WORDS[stage]);
const panels = byWord(PANEL_NAMES, (panel) => PANEL_WORDS[panel]);

export function lexiconOf(subjects: CommandSubjects): Lexicon {
  const incidents = new Map<string, string>();
  // The spoken part counts within a day: of two, the later one is meant.
  for (const { id, number } of [...subjects.incidents].sort((a, b) => (a.number < b.number ? -1 : 1))) {
    const spoken = spokenNumber(number);
    incidents.set(spoken, id);
    incidents.set(spoken.replace(/^0+(?=\d)/, ''), id);
  }
  for (const { id, number } of subjects.incidents) incidents.set(fold(number), id);
  return {
    subjects,
    verbs,
    stages,
    panels,
    units: new Map(subjects.units.map(({ id, callSign }) => [foldCallSign(callSign), id])),
    incidents,
    statuses: byCode(subjects.statusCodes),
    dispositions: byCode(subjects.dispositionCodes),
    types: byCode(subjects.typeCodes),
  };
}

/** The part of an incident's number that is spoken on the day itself. */
export const spokenNumber = (number: string): string => fold(number.split('-').at(-1) ?? number);

/** Call signs are said with and without their spaces and dashes. */
export const foldCallSign = (callSign: string): string => fold(callSign).replace(/[\s,]/g, '');

export const isFiller = (word: string): boolean => FILLERS.has(word);
