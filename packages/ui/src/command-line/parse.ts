import type { ReportedStage } from '@lamplight/domain';
import type { DeskCommand } from './command.js';
import { ruleOf, type Slot, type Verb } from './grammar.js';
import { foldCallSign, isFiller, type Lexicon } from './lexicon.js';
import { nearestWords, splitWords, type Word } from './words.js';

export const COMMAND_FAULTS = [
  'empty',
  'unknown-word',
  'unknown-unit',
  'unknown-incident',
  'ambiguous-unit',
  'needs-units',
  'needs-incident',
  'needs-other',
  'needs-stage',
  'needs-status',
  'needs-priority',
  'needs-type',
  'needs-disposition',
  'needs-minutes',
  'needs-panel',
  'needs-text',
  'needs-reason',
  'same-incident',
] as const;
export type CommandFault = (typeof COMMAND_FAULTS)[number];

/** Why a line is no command, and which letters of it are to blame. */
export interface CommandError {
  readonly fault: CommandFault;
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** What may have been meant, as it may be typed. */
  readonly suggestions: readonly string[];
}

export type ParsedCommand =
  | { readonly ok: true; readonly command: DeskCommand }
  | { readonly ok: false; readonly error: CommandError; readonly verb: Verb | null };

/** Verbs whose last part is in somebody's own words: what follows is not looked up. */
const WORDY: ReadonlySet<Verb> = new Set<Verb>(['note', 'find', 'timer', 'recall', 'cancel']);
const LONGEST_TIMER = 24 * 3600;

/**
 * What a line means. The verb may stand anywhere before somebody's own words; units, incidents and stages may stand in
 * any order; without a verb a unit with a stage reports, a unit with an incident is sent, and an incident or a unit
 * alone is shown. `#42` is always an incident and `@42` always a unit. Never throws.
 */
export function parseCommand(text: string, lexicon: Lexicon): ParsedCommand {
  const words = splitWords(text);
  const first = words[0];
  if (!first) return fail('empty', { text: '', start: 0, end: 0 }, [], null);
  const { verb, rest, from } = findVerb(words, lexicon);
  if (verb === 'find') return textCommand('find', text, from, first);
  if (verb === 'help') return { ok: true, command: { verb, about: aboutOf(rest, lexicon) } };
  if (verb !== null && WORDY.has(verb)) return parseWordy(verb, text, words, rest, lexicon);

  const said = sortWords(rest, verb, lexicon);
  if ('error' in said) return { ok: false, error: said.error, verb };
  return build(verb ?? impliedVerb(said), said, lexicon, words.at(-1) ?? first);
}

interface Said {
  readonly units: readonly string[];
  readonly incidents: readonly string[];
  readonly stage: ReportedStage | null;
  /** Words that fit nothing a board knows: codes and numbers, which only some verbs take. */
  readonly others: readonly Word[];
}

function findVerb(
  words: readonly Word[],
  lexicon: Lexicon,
): { readonly verb: Verb | null; readonly rest: readonly Word[]; readonly from: number } {
  for (const [index, word] of words.entries()) {
    const verb = lexicon.verbs.get(word.text);
    // A call sign or a stage may be spelt like the short form of a verb: only the first word is taken for one then.
    const isName = lexicon.units.has(word.text) || lexicon.stages.has(word.text);
    if (verb !== undefined && !(isName && index > 0)) {
      return { verb, rest: words.filter((each) => each !== word), from: word.end };
    }
    const glued = index === 0 ? gluedVerb(word, lexicon) : null;
    if (glued) return { verb: glued.verb, rest: [glued.rest, ...words.slice(1)], from: glued.rest.start };
  }
  return { verb: null, rest: words, from: 0 };
}

/** Chinese is typed without a space: `派P1` is `派 P1`. */
function gluedVerb(word: Word, { verbs, units, stages }: Lexicon): { verb: Verb; rest: Word } | null {
  if (units.has(word.text) || stages.has(word.text)) return null;
  for (let length = word.text.length - 1; length > 0; length -= 1) {
    const head = word.text.slice(0, length);
    const verb = verbs.get(head);
    if (verb === undefined || !/[一-鿿?]$/.test(head)) continue;
    return { verb, rest: { text: word.text.slice(length), start: word.start + length, end: word.end } };
  }
  return null;
}

/** Finds out what each word is. */
function sortWords(
  words: readonly Word[],
  verb: Verb | null,
  lexicon: Lexicon,
): Said | { error: CommandError } {
  const units: string[] = [];
  const incidents: string[] = [];
  const others: Word[] = [];
  let stage: ReportedStage | null = null;
  const slots: readonly Slot[] = verb === null ? [] : [...ruleOf(verb).needs, ...(ruleOf(verb).takes ?? [])];
  const wants = (slot: Slot): boolean => verb === null || slots.includes(slot);
  for (const word of words) {
    if (isFiller(word.text)) continue;
    if (word.text.startsWith('#')) {
      const found = lexicon.incidents.get(word.text.slice(1));
      if (found === undefined) return { error: unknown('unknown-incident', word, lexicon.incidents.keys()) };
      incidents.push(found);
      continue;
    }
    const codes = codeOf(word, wants, lexicon);
    if (codes) {
      others.push(word);
      continue;
    }
    const named = wants('units') ? unitsOf(word, lexicon) : [];
    if ('error' in named) return named;
    const spoken = wants('incident') || wants('other') ? lexicon.incidents.get(word.text) : undefined;
    const said = lexicon.stages.get(word.text);
    if (
      named.length > 0 &&
      (word.text.startsWith('@') || lexicon.units.has(word.text) || spoken === undefined)
    ) {
      // A number can be a call sign and an incident: with units named already, an incident is what is missing.
      if (spoken !== undefined && units.length > 0 && incidents.length === 0 && !word.text.startsWith('@'))
        incidents.push(spoken);
      else units.push(...named);
    } else if (spoken !== undefined && !takesNumber(verb, incidents)) incidents.push(spoken);
    else if (said !== undefined && wants('stage')) stage = said;
    else others.push(word);
  }
  return { units: [...new Set(units)], incidents, stage, others };
}

/** True for the words of verbs that ask for a code, where a code is what they are. */
function codeOf(word: Word, wants: (slot: Slot) => boolean, lexicon: Lexicon): boolean {
  if (!wants('type') && !wants('status') && !wants('disposition') && !wants('panel')) return false;
  return (
    (wants('disposition') && lexicon.dispositions.has(word.text) && !lexicon.incidents.has(word.text)) ||
    (wants('type') && lexicon.types.has(word.text)) ||
    (wants('status') && lexicon.statuses.has(word.text)) ||
    (wants('panel') && lexicon.panels.has(word.text))
  );
}

/** A number that comes when the incident is known already is the level or the priority. */
const takesNumber = (verb: Verb | null, incidents: readonly string[]): boolean =>
  verb === 'priority' || ((verb === 'alarm' || verb === 'close') && incidents.length > 0);

/** The units a word names: one, a range, or one that only it can be short for. */
function unitsOf(word: Word, lexicon: Lexicon): readonly string[] | { error: CommandError } {
  const { units } = lexicon;
  const marked = word.text.startsWith('@');
  const name = foldCallSign(marked ? word.text.slice(1) : word.text);
  const exact = units.get(name);
  if (exact !== undefined) return [exact];
  const range = rangeOf(name, units);
  if (range.length > 0) return range;
  if (lexicon.stages.has(name) || (!marked && lexicon.incidents.has(name))) return [];
  const longer = name === '' ? [] : [...units.keys()].filter((callSign) => callSign.startsWith(name));
  const [only, ...more] = longer;
  if (only !== undefined && more.length === 0) {
    const unit = units.get(only);
    return unit === undefined ? [] : [unit];
  }
  // Letters alone may be the beginning of anything.
  if (longer.length > 1 && (marked || /\d/.test(name))) {
    return {
      error: { ...place('ambiguous-unit', word), suggestions: callSigns(longer.slice(0, 5), lexicon) },
    };
  }
  if (marked) return { error: unknown('unknown-unit', word, units.keys()) };
  return [];
}

/** `p1-p4` and `p1-4`: the units there are between the two. */
function rangeOf(name: string, units: ReadonlyMap<string, string>): readonly string[] {
  const found = /^(\D*)(\d{1,6})[-~–](\D*)(\d{1,6})$/.exec(name);
  if (!found) return [];
  const [, prefix = '', low = '', again = '', high = ''] = found;
  if (again !== '' && again !== prefix) return [];
  const ids: string[] = [];
  for (const [callSign, id] of units) {
    if (!callSign.startsWith(prefix)) continue;
    const digits = callSign.slice(prefix.length);
    if (/^\d{1,6}$/.test(digits) && Number(digits) >= Number(low) && Number(digits) <= Number(high))
      ids.push(id);
  }
  return ids;
}

function impliedVerb({ units, incidents, stage, others }: Said): Verb {
  if (others.length > 0) return 'find';
  if (units.length > 0 && stage !== null) return 'progress';
  if (units.length > 0 && incidents.length > 0) return 'dispatch';
  if (incidents.length > 0) return 'open';
  return units.length > 0 ? 'show' : 'progress';
}

function build(verb: Verb, said: Said, lexicon: Lexicon, last: Word): ParsedCommand {
  const { subjects } = lexicon;
  const { units, incidents, stage, others } = said;
  const missing = (fault: CommandFault): ParsedCommand =>
    fail(fault, { text: '', start: last.end, end: last.end }, [], verb);
  const strange = others[0];
  const named = units.length > 0 ? units : subjects.currentUnit === null ? [] : [subjects.currentUnit];
  const incidentId = incidents[0] ?? subjects.currentIncident;
  const wrong = (word: Word, known: Iterable<string>): ParsedCommand => ({
    ok: false,
    verb,
    error: unknown('unknown-word', word, known),
  });
  switch (verb) {
    case 'dispatch':
      if (strange) return wrong(strange, [...lexicon.units.keys(), ...lexicon.incidents.keys()]);
      if (incidentId === null) return missing('needs-incident');
      return { ok: true, command: { verb, unitIds: units, incidentId } };
    case 'transfer':
      if (strange) return wrong(strange, lexicon.units.keys());
      if (named.length === 0) return missing('needs-units');
      if (incidentId === null) return missing('needs-incident');
      return { ok: true, command: { verb, unitIds: named, incidentId } };
    case 'progress':
      if (strange) return wrong(strange, [...lexicon.stages.keys(), ...lexicon.units.keys()]);
      if (named.length === 0) return missing('needs-units');
      if (stage === null) return missing('needs-stage');
      return { ok: true, command: { verb, unitIds: named, stage } };
    case 'status': {
      const code = strange && lexicon.statuses.get(strange.text);
      if (strange && code === undefined) return wrong(strange, lexicon.statuses.keys());
      if (named.length === 0) return missing('needs-units');
      if (code === undefined) return missing('needs-status');
      return { ok: true, command: { verb, unitIds: named, code } };
    }
    case 'open':
      if (strange) return wrong(strange, lexicon.incidents.keys());
      return incidents[0] === undefined
        ? missing('needs-incident')
        : { ok: true, command: { verb, incidentId: incidents[0] } };
    case 'show':
      if (strange) return wrong(strange, lexicon.units.keys());
      return units.length === 0 ? missing('needs-units') : { ok: true, command: { verb, unitIds: units } };
    case 'type': {
      const typeCode = strange && lexicon.types.get(strange.text);
      if (strange && typeCode === undefined) return wrong(strange, lexicon.types.keys());
      if (typeCode === undefined) return missing('needs-type');
      if (incidentId === null) return missing('needs-incident');
      return { ok: true, command: { verb, incidentId, typeCode } };
    }
    case 'priority': {
      const priority = PRIORITIES.find(
        (each) => strange !== undefined && strange.text.replace(/^p/, '') === String(each),
      );
      if (strange && priority === undefined) return wrong(strange, PRIORITIES.map(String));
      if (priority === undefined) return missing('needs-priority');
      if (incidentId === null) return missing('needs-incident');
      return { ok: true, command: { verb, incidentId, priority } };
    }
    case 'alarm': {
      const level = strange === undefined ? null : Number(strange.text);
      if (strange && (level === null || !Number.isInteger(level) || level < 2 || level > 20))
        return wrong(strange, []);
      if (incidentId === null) return missing('needs-incident');
      return { ok: true, command: { verb, incidentId, level } };
    }
    case 'link':
    case 'merge': {
      if (strange) return wrong(strange, lexicon.incidents.keys());
      const [one, two] = incidents.length > 1 ? incidents : [subjects.currentIncident, incidents[0]];
      if (one == null) return missing('needs-incident');
      if (two === undefined) return missing('needs-other');
      if (one === two) return fail('same-incident', last, [], verb);
      return { ok: true, command: { verb, incidentId: one, otherId: two } };
    }
    case 'close': {
      const disposition = strange && lexicon.dispositions.get(strange.text);
      if (strange && disposition === undefined) return wrong(strange, lexicon.dispositions.keys());
      if (disposition === undefined) return missing('needs-disposition');
      if (incidentId === null) return missing('needs-incident');
      return { ok: true, command: { verb, incidentId, disposition } };
    }
    case 'go': {
      const panel = strange && lexicon.panels.get(strange.text);
      if (strange && panel === undefined) return wrong(strange, lexicon.panels.keys());
      return panel === undefined ? missing('needs-panel') : { ok: true, command: { verb, panel } };
    }
    case 'call':
      return strange ? wrong(strange, []) : { ok: true, command: { verb } };
    case 'find':
      // What fits nothing is looked for, unless it is near to a word we know.
      return strange
        ? wrong(strange, [...lexicon.verbs.keys(), ...lexicon.units.keys(), ...lexicon.stages.keys()])
        : missing('needs-text');
    case 'help':
      return { ok: true, command: { verb, about: null } };
    case 'note':
    case 'timer':
    case 'recall':
    case 'cancel':
      return missing('needs-text');
  }
}

const PRIORITIES = [1, 2, 3, 4, 5] as const;

/** Verbs that end in words of one's own: what they are about comes first. */
function parseWordy(
  verb: Verb,
  text: string,
  words: readonly Word[],
  rest: readonly Word[],
  lexicon: Lexicon,
): ParsedCommand {
  const last = words.at(-1) ?? { text: '', start: 0, end: 0 };
  const missing = (fault: CommandFault): ParsedCommand =>
    fail(fault, { text: '', start: last.end, end: last.end }, [], verb);
  const tail = (from: number): string => {
    const word = rest[from];
    return word ? text.slice(word.start).trim() : '';
  };
  const [head] = rest;
  switch (verb) {
    case 'note':
    case 'cancel': {
      // A bare number may be the first word of a note: only `#` names another incident than the one that is open.
      const named = head?.text.startsWith('#')
        ? lexicon.incidents.get(head.text.slice(1))
        : lexicon.subjects.currentIncident === null && head
          ? lexicon.incidents.get(head.text)
          : undefined;
      if (head?.text.startsWith('#') && named === undefined) {
        return { ok: false, verb, error: unknown('unknown-incident', head, lexicon.incidents.keys()) };
      }
      const incidentId = named ?? lexicon.subjects.currentIncident;
      if (incidentId === null) return missing('needs-incident');
      const words = tail(named === undefined ? 0 : 1);
      if (words === '') return missing(verb === 'note' ? 'needs-text' : 'needs-reason');
      return verb === 'note'
        ? { ok: true, command: { verb, incidentId, text: words } }
        : { ok: true, command: { verb, incidentId, reason: words } };
    }
    case 'recall': {
      const unitIds: string[] = [];
      let next = 0;
      for (const word of rest) {
        const found = unitsOf(word, lexicon);
        if ('error' in found) return { ok: false, verb, error: found.error };
        if (found.length === 0) break;
        unitIds.push(...found);
        next += 1;
      }
      if (unitIds.length === 0 && lexicon.subjects.currentUnit !== null)
        unitIds.push(lexicon.subjects.currentUnit);
      if (unitIds.length === 0) return missing('needs-units');
      const reason = tail(next);
      return reason === ''
        ? missing('needs-reason')
        : { ok: true, command: { verb, unitIds: [...new Set(unitIds)], reason } };
    }
    case 'timer': {
      const length = head && durationOf(head.text);
      if (!head || length == null)
        return head ? fail('needs-minutes', head, ['5', '90s', '1h'], verb) : missing('needs-minutes');
      return { ok: true, command: { verb, seconds: length, text: tail(1) } };
    }
    default:
      return missing('needs-text');
  }
}

/** `5`, `5m` and `5分钟` are minutes, `90s` and `90秒` seconds, `1h` and `1小时` hours. */
function durationOf(word: string): number | null {
  const found = /^(\d{1,5})(s|秒|秒钟|m|min|分|分钟|h|小时)?$/.exec(word);
  if (!found) return null;
  const [, count = '', unit = 'm'] = found;
  const scale = /^(s|秒)/.test(unit) ? 1 : /^(h|小时)/.test(unit) ? 3600 : 60;
  const length = Number(count) * scale;
  return length > 0 && length <= LONGEST_TIMER ? length : null;
}

function textCommand(verb: 'find', text: string, from: number, first: Word): ParsedCommand {
  const wanted = text.slice(from).trim();
  return wanted === ''
    ? fail('needs-text', { text: '', start: first.end, end: first.end }, [], verb)
    : { ok: true, command: { verb, text: wanted } };
}

const aboutOf = (rest: readonly Word[], { verbs }: Lexicon): Verb | null =>
  verbs.get(rest[0]?.text ?? '') ?? null;

const place = (fault: CommandFault, { text, start, end }: Word) => ({ fault, start, end, word: text });

const unknown = (fault: CommandFault, word: Word, known: Iterable<string>): CommandError => ({
  ...place(fault, word),
  suggestions: nearestWords(word.text.replace(/^[#@]/, ''), known),
});

const callSigns = (folded: readonly string[], { units, subjects }: Lexicon): readonly string[] =>
  folded.map((name) => subjects.units.find(({ id }) => id === units.get(name))?.callSign ?? name);

const fail = (
  fault: CommandFault,
  word: Word,
  suggestions: readonly string[],
  verb: Verb | null,
): ParsedCommand => ({ ok: false, verb, error: { ...place(fault, word), suggestions } });
