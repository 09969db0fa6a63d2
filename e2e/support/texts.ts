import { MESSAGES } from '../../packages/ui/dist/messages.js';

/** The texts of the console in both languages, to find its parts by what a user reads. */
export const { en, 'zh-CN': zh } = MESSAGES;
