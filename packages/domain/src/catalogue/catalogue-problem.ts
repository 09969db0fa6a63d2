import type { CatalogueSection } from './catalogue-sections.js';
import type { Localized } from './vocabulary.js';

/** What can be wrong with a catalogue as a whole, beyond what the shape of its entries says. */
export const CATALOGUE_FAULTS = [
  /** The section has two entries of this key. */
  'key-twice',
  /** A key is hidden that no entry has. */
  'hidden-unknown',
  /** A text is empty in one of the languages. */
  'text-missing',
  'priority-invalid',
  'run-card-unknown',
  /** The run card that a type names is hidden, and the type is not. */
  'run-card-hidden',
  'levels-missing',
  /** Alarm levels are not 1, 2, 3 …. */
  'level-gap',
  'capability-unknown',
  'capability-hidden',
  /** A level asks for the same capability twice. */
  'capability-twice',
  'count-invalid',
  /** A capability stands after a more general one that it implies, and would be filled by the wrong unit. */
  'requirement-order',
  'implies-circle',
  /** Codes of two digits are those of the standard. */
  'disposition-reserved',
  'dispositions-missing',
  'share-invalid',
  'seconds-invalid',
  'incident-type-unknown',
  /** Two question cards are asked for one incident type. */
  'incident-type-twice',
  'questions-missing',
  'id-twice',
  'answers-missing',
  'weight-invalid',
  'step-twice',
  /** An instruction depends on a question or an answer that the card does not have. */
  'answer-unknown',
  /** An entry that the log may name was taken away; it can be hidden. */
  'entry-removed',
] as const;
export type CatalogueFault = (typeof CATALOGUE_FAULTS)[number];

/** One thing that is wrong: in which entry, at which field, and what it is about. */
export interface CatalogueProblem {
  readonly section: CatalogueSection;
  /** Code or id of the entry. */
  readonly key: string;
  /** Path of the field within the entry, such as `levels.1.requires.0.count`. */
  readonly field: string;
  readonly fault: CatalogueFault;
  /** The value that does not fit. */
  readonly about: string;
}

/** Says what is wrong at a field of the entry under examination. */
export type Complain = (field: string, fault: CatalogueFault, about?: string | number) => void;

/** A text must say something in both languages. */
export function checkText({ en, zh }: Localized, field: string, complain: Complain): void {
  if (en.trim() === '') complain(`${field}.en`, 'text-missing');
  if (zh.trim() === '') complain(`${field}.zh`, 'text-missing');
}

/** What stands in a list more than once. */
export function repeated(keys: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(keys.filter((key) => seen.size === seen.add(key).size));
}

export const isPriority = (priority: number): boolean => [1, 2, 3, 4, 5].includes(priority);
