import { type enterPaperRecordBody, paperAnswerSchema } from '@lamplight/contracts';
import type { z } from 'zod';
import type { ApiClient } from './client.js';

/** What was kept on paper while the server was away. */
export const paperApi = ({ request }: ApiClient) => ({
  enterPaperRecord: (body: z.input<typeof enterPaperRecordBody>) =>
    request('POST', '/paper-records', paperAnswerSchema, { body }),
});
