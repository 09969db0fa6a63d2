import { formatInstant } from '@lamplight/base';
import type { RecordedAuditEntry } from '@lamplight/store';

/** With a mark by which spreadsheets know UTF-8. */
export const AUDIT_CSV_HEAD = '\uFEFFsequence,at,actor,action,subject,detail\r\n';

/** One line of the export (RFC 4180). */
export function auditCsvRow({ sequence, at, actor, action, subject, detail }: RecordedAuditEntry): string {
  const cells = [String(sequence), formatInstant(at), actor, action, subject ?? '', JSON.stringify(detail)];
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Quoted where it has to be; what a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
