import { type Catalogue, catalogueSchema, questionCardSchema } from '@lamplight/contracts';
import { UNIT_STATUS_EFFECTS } from '@lamplight/domain';
import type { LiveCatalogue } from '../desk/live-catalogue.js';
import type { App } from './app-type.js';

/** The catalogue as everyone who works with it needs it. What is hidden is in it: incidents may have it. */
export function catalogueRoutes(app: App, live: LiveCatalogue): void {
  app.get('/api/v1/catalogue', { schema: { response: { 200: catalogueSchema } } }, async () =>
    describe(live),
  );
}

function describe({ current: catalogue, revision }: LiveCatalogue): Catalogue {
  const { isOffered } = catalogue;
  return {
    revision,
    incidentTypes: catalogue.incidentTypes.map(({ code, name, family, priority, runCard }) => ({
      code,
      name,
      family,
      priority,
      runCard,
      hidden: !isOffered('incident-types', code),
    })),
    dispositions: catalogue.dispositions.map(({ code, name }) => ({
      code,
      name,
      hidden: !isOffered('dispositions', code),
    })),
    unitStatuses: catalogue.unitStatuses.map(({ code, name, meaning }) => ({
      code,
      name,
      meaning,
      availability: UNIT_STATUS_EFFECTS[meaning].availability,
      hidden: !isOffered('unit-statuses', code),
    })),
    capabilities: catalogue.capabilities.map(({ id, name }) => ({
      id,
      name,
      hidden: !isOffered('capabilities', id),
    })),
    questionCards: catalogue.questionCards
      .filter(({ id }) => isOffered('question-cards', id))
      .map((card) => questionCardSchema.parse(card)),
    runCards: catalogue.runCards.map(({ id, name, levels }) => ({
      id,
      name,
      hidden: !isOffered('run-cards', id),
      levels: levels.map(({ level, requires }) => ({ level, requires: [...requires] })),
    })),
    targets: catalogue.targets.map(({ interval, scope, percentile, seconds }) => ({
      interval,
      scope,
      percentile,
      seconds,
    })),
  };
}
