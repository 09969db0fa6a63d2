import { z } from 'zod';
import { roleSchema } from './resources.js';

/** What people set for themselves, and what a role starts from. What the values mean is the client's business. */

export const settingNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9.-]{0,63}$/, 'must be 1 to 64 lower-case letters, digits, dots or dashes');

/** Characters of JSON. A layout takes some hundred; a setting is not a place to keep things. */
export const SETTING_LIMIT = 16_384;
/** Settings of one account. */
export const SETTINGS_LIMIT = 100;
const DEPTH_LIMIT = 12;

const isShallow = (value: unknown, depth = 0): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth < DEPTH_LIMIT && Object.values(value).every((each) => isShallow(each, depth + 1)));

const settingValueSchema = z.record(z.string().max(100), z.json()).meta({ type: 'object' });

/** Looked at before anything that would follow a value to its depth. */
const incomingValueSchema = z
  .custom<unknown>((value) => typeof value === 'object' && value !== null && isShallow(value), {
    error: `must be an object of at most ${DEPTH_LIMIT} levels`,
    abort: true,
  })
  .refine((value) => {
    const text = JSON.stringify(value);
    return text.length <= SETTING_LIMIT && !text.includes('\\u0000') && !/\\ud[89a-f]/i.test(text);
  }, `must be at most ${SETTING_LIMIT} characters of JSON, without characters that cannot be stored`)
  .pipe(settingValueSchema)
  .meta({ type: 'object' });

export const settingSchema = z
  .object({
    name: z.string(),
    value: settingValueSchema,
    /** Counts the changes of this setting; the last change holds. */
    version: z.int(),
  })
  .meta({ id: 'Setting' });
export type Setting = z.output<typeof settingSchema>;

export const settingsSchema = z.object({
  own: z.array(settingSchema),
  /** What the account's roles start from, for settings of which it has none of its own. */
  defaults: z.array(settingSchema.omit({ version: true }).extend({ role: roleSchema })),
});
export type Settings = z.output<typeof settingsSchema>;

export const putSettingBody = z.strictObject({ value: incomingValueSchema });
