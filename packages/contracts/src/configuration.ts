import { seconds } from '@lamplight/base';
import {
  CATALOGUE_FAULTS,
  CATALOGUE_SECTIONS,
  type CatalogueEntries,
  type CatalogueSection,
  FAMILY_NAMES,
  type Family,
  NO_CONTENT,
  type OwnCatalogue,
  type QuestionCard,
  type SectionContent,
  UNIT_STATUS_EFFECTS,
  type UnitStatusMeaning,
} from '@lamplight/domain';
import { z } from 'zod';
import {
  codeSchema,
  identifierSchema,
  instantSchema,
  prioritySchema,
  storableSchema,
  textSchema,
} from './primitives.js';

export { FAMILY_NAMES };

/** The agency's own catalogue: what an administrator may change, section by section. */

export const catalogueSectionSchema = z.enum(CATALOGUE_SECTIONS);

/** A text in both languages. Empty ones are for the validation to complain of, which can say in which entry. */
const textsSchema = (maximum: number) =>
  z.strictObject({ en: storableSchema(maximum).trim(), zh: storableSchema(maximum).trim() });
const nameSchema = textsSchema(200);

const familySchema = z.custom<Family>(
  (value) => typeof value === 'string' && Object.hasOwn(FAMILY_NAMES, value),
  'must be a family',
);
export const unitStatusMeaningSchema = z
  .custom<UnitStatusMeaning>(
    (value) => typeof value === 'string' && Object.hasOwn(UNIT_STATUS_EFFECTS, value),
    'must be a meaning of a unit status',
  )
  .meta({ type: 'string' });
const countSchema = z.int().min(1).max(999);

const incidentTypeSchema = z.strictObject({
  code: codeSchema.toUpperCase(),
  name: nameSchema,
  family: familySchema,
  priority: prioritySchema,
  runCard: identifierSchema,
});

const runCardSchema = z.strictObject({
  id: identifierSchema,
  name: nameSchema,
  levels: z
    .array(
      z.strictObject({
        level: z.int().min(1).max(20),
        requires: z.array(z.strictObject({ capability: identifierSchema, count: countSchema })).max(50),
      }),
    )
    .max(20),
});

const capabilitySchema = z.strictObject({
  id: identifierSchema,
  name: nameSchema,
  implies: z.array(identifierSchema).max(100),
});

const unitStatusSchema = z.strictObject({
  code: codeSchema,
  name: nameSchema,
  meaning: unitStatusMeaningSchema,
});

const dispositionSchema = z.strictObject({
  code: codeSchema,
  name: nameSchema,
  service: z.enum(['any', 'police', 'fire', 'medical']),
});

const targetSetSchema = z.strictObject({
  id: identifierSchema,
  name: nameSchema,
  caution: textsSchema(1000),
  targets: z
    .array(
      z.strictObject({
        interval: z.enum([
          'alarmAnswering',
          'entry',
          'alarmProcessing',
          'turnout',
          'travel',
          'response',
          'initiatingAction',
          'commitment',
        ]),
        scope: z.enum(['any', 'fire', 'medical', 'city', 'suburb']),
        percentile: z.number().min(0).max(100),
        seconds: z.number().min(0).max(86_400).transform(seconds),
        source: storableSchema(500),
      }),
    )
    .max(100),
});

export const questionCardSchema = z.strictObject({
  id: identifierSchema,
  name: nameSchema,
  incidentTypes: z.array(codeSchema.toUpperCase()).max(500),
  questions: z
    .array(
      z.strictObject({
        id: identifierSchema,
        text: textsSchema(500),
        answers: z
          .array(
            z.strictObject({
              id: identifierSchema,
              text: textsSchema(300),
              weight: z.number().min(-1000).max(1000),
            }),
          )
          .max(20),
      }),
    )
    .max(50),
  steps: z
    .array(z.strictObject({ atLeast: z.number().min(-10_000).max(10_000), priority: prioritySchema }))
    .max(20),
  instructions: z
    .array(
      z.strictObject({
        text: textsSchema(1000),
        when: z.strictObject({ question: identifierSchema, answer: identifierSchema }).exactOptional(),
      }),
    )
    .max(50),
}) satisfies z.ZodType<QuestionCard>;

const contentOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.strictObject({ own: z.array(entry).max(5_000), hidden: z.array(z.string().max(64)).max(5_000) });

/** What an agency may have of its own in each section. */
export const SECTION_SCHEMAS = {
  'incident-types': contentOf(incidentTypeSchema),
  'question-cards': contentOf(questionCardSchema),
  'run-cards': contentOf(runCardSchema),
  capabilities: contentOf(capabilitySchema),
  'unit-statuses': contentOf(unitStatusSchema),
  dispositions: contentOf(dispositionSchema),
  targets: contentOf(targetSetSchema),
} satisfies { [Section in CatalogueSection]: z.ZodType<SectionContent<CatalogueEntries[Section]>> };

export type ConfigurationSection = CatalogueSection;
/** An entry of a section, as it comes from the wire. */
export type SectionEntry<Section extends CatalogueSection> = z.output<
  (typeof SECTION_SCHEMAS)[Section]
>['own'][number];

/** What an agency has of its own, from the content of each section. Throws for what does not fit the schemas. */
export function readOwnCatalogue(contents: ReadonlyMap<string, { readonly content: unknown }>): OwnCatalogue {
  const contentOf = (section: CatalogueSection): unknown => contents.get(section)?.content ?? NO_CONTENT;
  return {
    'incident-types': SECTION_SCHEMAS['incident-types'].parse(contentOf('incident-types')),
    'question-cards': SECTION_SCHEMAS['question-cards'].parse(contentOf('question-cards')),
    'run-cards': SECTION_SCHEMAS['run-cards'].parse(contentOf('run-cards')),
    capabilities: SECTION_SCHEMAS.capabilities.parse(contentOf('capabilities')),
    'unit-statuses': SECTION_SCHEMAS['unit-statuses'].parse(contentOf('unit-statuses')),
    dispositions: SECTION_SCHEMAS.dispositions.parse(contentOf('dispositions')),
    targets: SECTION_SCHEMAS.targets.parse(contentOf('targets')),
  };
}

const madeSchema = z.object({
  /** 0 while nothing in the section is the agency's own. */
  version: z.int(),
  at: instantSchema.nullable(),
  actor: z.string().nullable(),
  reason: z.string().nullable(),
});

/** A section as it holds. Which schema `shipped` and `content` have depends on the section: {@link SECTION_SCHEMAS}. */
export const configurationSectionSchema = madeSchema.extend({
  section: catalogueSectionSchema,
  shipped: z.array(z.unknown()),
  content: z.unknown(),
});

export type ConfigurationSectionView = z.output<typeof configurationSectionSchema>;

export const configurationHistorySchema = z.object({
  versions: z.array(madeSchema.extend({ content: z.unknown() })),
  /** Goes on after these; `null` after the first version. */
  next: z.int().nullable(),
});

export const saveConfigurationBody = z.strictObject({
  /** The version that was changed; another one now means that somebody else was faster. */
  version: z.int().min(0),
  reason: textSchema(500),
  content: z.unknown(),
});

export const catalogueProblemSchema = z.object({
  section: catalogueSectionSchema,
  key: z.string(),
  field: z.string(),
  fault: z.enum(CATALOGUE_FAULTS),
  about: z.string(),
});
export type CatalogueProblemView = z.output<typeof catalogueProblemSchema>;

export const previewConfigurationBody = z.strictObject({
  content: z.unknown(),
  /** Yesterday, by the agency's day, when left out. */
  period: z.strictObject({ from: instantSchema, to: instantSchema }).nullable().default(null),
});

const demandSchema = z.array(z.object({ capability: z.string(), count: z.int() }));
const sideSchema = z.object({
  priority: prioritySchema,
  runCard: z.string(),
  /** What all incidents of the row together ask for. */
  demand: demandSchema,
  /** Incidents for which the units that are registered would not do, were all of them free. */
  unmet: z.int(),
});

/** What another catalogue would have made of the incidents of a period. */
export const catalogueEffectSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** Incidents opened in the period, without those merged into others. */
  incidents: z.int(),
  /** Of these, those that never got a type which the catalogue knows; nothing can be said of them. */
  unclassified: z.int(),
  /** Incidents of types for which something changes. */
  changed: z.int(),
  before: demandSchema,
  after: demandSchema,
  types: z.array(
    z.object({
      typeCode: z.string(),
      count: z.int(),
      before: sideSchema,
      after: sideSchema,
      differs: z.boolean(),
    }),
  ),
});
export type CatalogueEffect = z.output<typeof catalogueEffectSchema>;

export const configurationPreviewSchema = z.object({
  /** What keeps the change from being saved. */
  problems: z.array(catalogueProblemSchema),
  /** `null` where the section does not bear on what is sent, or while there are problems. */
  effect: catalogueEffectSchema.nullable(),
});
