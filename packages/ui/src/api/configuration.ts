import {
  type ConfigurationSection,
  configurationHistorySchema,
  configurationPreviewSchema,
  configurationSectionSchema,
  type previewConfigurationBody,
  type saveConfigurationBody,
} from '@lamplight/contracts';
import type { z } from 'zod';
import { type ApiClient, of } from './client.js';

/** The agency's own catalogue, section by section. */
export const configurationApi = ({ get, request }: ApiClient) => ({
  configuration: (section: ConfigurationSection) =>
    get(of('configuration', section), configurationSectionSchema),
  /** Versions of a section, the newest first; `before` goes on after a page. */
  configurationHistory: (section: ConfigurationSection, before: number | null = null) =>
    get(
      `${of('configuration', section)}/history${before === null ? '' : `?before=${before}`}`,
      configurationHistorySchema,
    ),
  saveConfiguration: (section: ConfigurationSection, body: z.input<typeof saveConfigurationBody>) =>
    request('PUT', of('configuration', section), configurationSectionSchema, { body }),
  previewConfiguration: (section: ConfigurationSection, body: z.input<typeof previewConfigurationBody>) =>
    request('POST', `${of('configuration', section)}/preview`, configurationPreviewSchema, { body }),
});
