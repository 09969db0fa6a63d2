/** Why a command was not carried out. Each code has a text in both languages in the message catalogues. */
export const REFUSAL_CODES = [
  'call-unknown',
  'call-already-known',
  'call-already-answered',
  'call-ended',
  'call-not-linked',
  'call-already-linked',
  'incident-unknown',
  'incident-already-known',
  'incident-not-open',
  'incident-still-open',
  'incident-changed',
  'incident-type-unknown',
  'incident-not-located',
  'incident-not-classified',
  'incident-same',
  'incident-not-linked',
  'alarm-level-not-higher',
  'alarm-level-unknown',
  'assignments-active',
  'assignment-unknown',
  'assignment-already-known',
  'assignment-ended',
  'assignment-not-proposed',
  'assignment-elsewhere',
  'disposition-unknown',
  'unit-unknown',
  'unit-repeated',
  'unit-retired',
  'unit-off-duty',
  'unit-on-duty',
  'unit-unavailable',
  'unit-committed',
  'unit-on-equal-or-higher-work',
  'unit-already-assigned',
  'crew-too-small',
  'status-unknown',
  'nothing-to-split',
  'time-in-future',
  'time-before-dispatch',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  readonly code: RefusalCode;
  /** What the refusal is about: the identifier or value that did not fit. */
  readonly subject: string;
}
